"""A language model behind an OpenAI-compatible endpoint, for those who have one.

Its address, model and key come from the environment and never from a vault, which may come from
anyone: a vault must not choose where notes are sent, or who gets the key.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from ipaddress import ip_address
from typing import IO, Final, NamedTuple
from urllib.parse import urlsplit

from graphkit.errors import GraphkitError

URL: Final = "GRAPHKIT_LLM_URL"
MODEL: Final = "GRAPHKIT_LLM_MODEL"
KEY: Final = "GRAPHKIT_LLM_KEY"
SECONDS: Final = 60.0
LARGEST: Final = 1_000_000  # bytes of an answer


class EndpointError(GraphkitError):
    """The endpoint cannot be used, or did not answer as it should."""


class Endpoint(NamedTuple):
    """Where to ask, whom, and with which key."""

    url: str
    model: str
    key: str = ""
    seconds: float = SECONDS


def configured(environment: Mapping[str, str]) -> Endpoint:
    """The endpoint that the environment names.

    Raises:
        EndpointError: it names none, or one that would send the notes unencrypted elsewhere.
    """
    url, model = environment.get(URL, ""), environment.get(MODEL, "")
    if not (url and model):
        raise EndpointError("no endpoint is set up", f"set {URL} and {MODEL}, and {KEY} if needed")
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and _here(parts.hostname or "")):
        raise EndpointError(f"{URL} must be https, or http on this machine", "nothing was sent")
    return Endpoint(url.rstrip("/"), model, environment.get(KEY, ""))


def _here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: it would carry the key to another host."""

    def redirect_request(
        self,
        req: urllib.request.Request,  # noqa: ARG002  # the signature is the library's
        fp: IO[bytes],  # noqa: ARG002
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: HTTPMessage,  # noqa: ARG002
        newurl: str,  # noqa: ARG002
    ) -> None:
        return None


def ask(endpoint: Endpoint, instructions: str, question: str) -> str:
    """The answer to a question, as text.

    Raises:
        EndpointError: no answer came in time, or none that can be read.
    """
    messages = [
        {"role": "system", "content": instructions},
        {"role": "user", "content": question},
    ]
    asked = {"model": endpoint.model, "messages": messages, "temperature": 0}
    headers = {"Content-Type": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    address = f"{endpoint.url}/chat/completions"
    request = urllib.request.Request(address, json.dumps(asked).encode(), headers)  # noqa: S310  # https or this machine
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=endpoint.seconds) as reply:
            data = reply.read(LARGEST + 1)
    except urllib.error.HTTPError as error:
        raise EndpointError(f"the endpoint answered {error.code}", "the summary stands") from error
    except (OSError, HTTPException) as error:
        why = "in time" if isinstance(error, TimeoutError) else f"({error})"
        raise EndpointError(f"the endpoint did not answer {why}", "the summary stands") from error
    return _content(data)


def _content(data: bytes) -> str:
    try:
        content = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise EndpointError("the endpoint's answer cannot be read") from error
    if not isinstance(content, str) or len(data) > LARGEST:
        raise EndpointError("the endpoint's answer is no text of a reasonable length")
    return content
