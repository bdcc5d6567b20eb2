"""Prose by an endpoint: taken where the notes bear out all of it, refused with the reason."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import Workspace
from graphkit.render.summaries.prose import Refused, checked
from graphkit.workspace import endpoint

Program = Callable[..., Any]
NAME = "Longer steeping makes tea bitter"
PATH = "claims/steeping.md"


class Server(ThreadingHTTPServer):
    """Answers every request with one status and one body, once it may."""

    status = 200
    body = b""
    asked: dict[str, Any]
    key = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked = {}

    def says(self, text: str) -> None:
        self.body = json.dumps({"choices": [{"message": {"content": text}}]}).encode()


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:  # the name is the library's
        length = int(self.headers["Content-Length"])
        self.server.asked = {"path": self.path, **json.loads(self.rfile.read(length))}
        self.server.key = self.headers.get("Authorization", "")
        self.server.may_answer.wait(10)
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", f"http://localhost:{self.server.server_port}/elsewhere")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        """Say nothing on standard error."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server() as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv(endpoint.URL, f"http://127.0.0.1:{found.server_port}/v1/")
        monkeypatch.setenv(endpoint.MODEL, "small-one")
        monkeypatch.setenv(endpoint.KEY, "sesame")
        yield found
        found.may_answer.set()
        found.shutdown()
        thread.join()


@pytest.fixture
def ids(vault: Path) -> tuple[str, str]:
    """The ids of the claim and of its source."""
    workspace = Workspace.open(vault)
    return workspace.node(NAME).id, workspace.node("Tannin study").id


def good(ids: tuple[str, str]) -> str:
    claim, source = ids
    return (
        f"Longer steeping is said to make tea bitter [{claim}]. "
        f"The study looked at four teas. [{source}, {claim}]"
    )


def block(vault: Path) -> str:
    return (vault / PATH).read_text().partition("<!-- /graphkit:summary -->")[0]


def test_prose_that_the_notes_bear_out_is_taken(
    graphkit: Program, vault: Path, server: Server, ids: tuple[str, str]
) -> None:
    server.says(good(ids))
    told = graphkit("regenerate", vault, NAME, "--prose")
    assert (told.code, "no prose" in told.err) == (0, False)
    assert "> Longer steeping is said to make tea bitter. (" in block(vault)
    assert "[Tannin study](../sources/tannin.md)" in block(vault)
    assert "([this note](#longer-steeping-makes-tea-bitter))" in block(vault)
    assert "Written by small-one" in block(vault)
    assert "**Supported**" in block(vault)
    assert (server.asked["path"], server.asked["model"]) == ("/v1/chat/completions", "small-one")
    assert server.key == "Bearer sesame"
    assert ids[1] in server.asked["messages"][1]["content"]


def test_each_sentence_of_prose_has_the_lines_of_what_it_cites(
    graphkit: Program, vault: Path, server: Server, ids: tuple[str, str]
) -> None:
    server.says(good(ids))
    graphkit("regenerate", vault, NAME, "--prose")
    (told,) = json.loads(graphkit("regenerate", vault, NAME, "--json").out)["summaries"]
    places = {(each["path"], each["line"]) for each in told["sentences"]
              if each["text"].startswith("The study looked")}  # fmt: skip
    assert {path for path, _ in places} == {PATH, "sources/tannin.md"}
    assert all(line > 1 for _, line in places)


def test_it_stays_without_the_endpoint_until_what_it_told_changes(
    graphkit: Program, vault: Path, server: Server, ids: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    server.says(good(ids))
    graphkit("regenerate", vault, NAME, "--prose")
    monkeypatch.delenv(endpoint.URL)
    assert graphkit("regenerate", vault, NAME, "--check").code == 0
    note = vault / PATH
    note.write_text(note.read_text().replace("- is reported by [[Tannin study]]", "- cites [[x]]"))
    told = graphkit("regenerate", vault, NAME, "--check")
    assert (told.code, "the prose told what no longer holds" in told.out) == (1, True)
    graphkit("regenerate", vault, NAME)
    assert "Written by" not in block(vault)
    assert "**Unsupported**" in block(vault)


def answers(ids: tuple[str, str]) -> dict[str, tuple[str, str]]:
    claim, source = ids
    return {
        "uncited": (f"Tea is bitter [{claim}]. It always was.", "cites nothing"),
        "unknown": ("Tea is bitter [CLM-00000000].", "was not shown"),
        "number": (f"Steeping adds 17 % of bitterness [{claim}].", "17 is not in"),
        "elsewhere": (f"Twelve tasters agreed [{claim}].", "twelve is not in"),
        "word": (f"It doubles the bitterness [{source}].", "doubles is not in"),
        "fraction": (f"It takes ½ of the time [{source}].", "½ is not in"),
        "empty": ("  ", "is empty"),
        "long": (f"So it is [{claim}]. " * 20, "20 sentences"),
    }


@pytest.mark.parametrize("case", answers(("", "")))
def test_prose_that_they_do_not_is_refused_and_the_extract_stands(
    graphkit: Program, vault: Path, server: Server, ids: tuple[str, str], case: str
) -> None:
    answer, reason = answers(ids)[case]
    server.says(answer)
    told = graphkit("regenerate", vault, NAME, "--prose")
    assert told.code == 0
    assert f"no prose for {PATH}: " in told.err
    assert reason in told.err
    assert "Written by" not in block(vault)
    assert "**Supported**" in block(vault)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (500, b"oops", "answered 500"),
        (302, b"", "answered 302"),
        (200, b"<html>", "cannot be read"),
        (200, b'{"choices": []}', "cannot be read"),
        (200, b'{"choices": [{"message": {"content": 7}}]}', "no text"),
        (200, b"[" * 100_000, "cannot be read"),
    ],
)
def test_an_endpoint_that_fails_is_said_and_the_extract_stands(
    graphkit: Program, vault: Path, server: Server, status: int, body: bytes, reason: str
) -> None:
    server.status, server.body = status, body
    told = graphkit("regenerate", vault, NAME, "--prose")
    assert (told.code, reason in told.err) == (0, True)
    assert "**Supported**" in block(vault)


def test_an_endpoint_that_fails_again_and_again_is_asked_no_more(
    graphkit: Program, vault: Path, server: Server
) -> None:
    server.status = 500
    for number in range(4):
        (vault / f"more-{number}.md").write_text(f"---\nkind: claim\n---\n# More {number}\n")
    told = graphkit("regenerate", vault, "--prose")
    assert told.err.count("answered 500") == 3
    assert "no prose for any note after it: the endpoint failed 3 times in a row" in told.err


def test_an_endpoint_that_never_answers_is_left(
    graphkit: Program, vault: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.may_answer.clear()
    real = endpoint.configured
    monkeypatch.setattr(endpoint, "configured", lambda e: real(e)._replace(seconds=0.2))
    told = graphkit("regenerate", vault, NAME, "--prose")
    assert (told.code, "did not answer in time" in told.err) == (0, True)


@pytest.mark.parametrize(
    "url", ["", "http://example.com/v1", "ftp://127.0.0.1", "file:///etc/passwd"]
)
def test_notes_are_sent_nowhere_in_the_clear(
    graphkit: Program, vault: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv(endpoint.URL, url)
    monkeypatch.setenv(endpoint.MODEL, "m")
    assert graphkit("regenerate", vault, "--prose").code == 2


SHOWN = {"CLM-1": "Hallucination falls by 28.9 % in 1,200 runs.", "SRC-2": "Three seeds."}


@pytest.mark.parametrize(
    "answer",
    ["It falls by 28.9 % [CLM-1].", "In 1200 runs it falls [CLM-1].", "Three seeds ran [SRC-2].",
     "Each of the 3 seeds ran [SRC-2].", "It falls. [CLM-1][SRC-2]"],
)  # fmt: skip
def test_a_number_may_be_written_in_another_way(answer: str) -> None:
    assert not isinstance(checked(answer, SHOWN), Refused)


STANDS = {
    "CLM-1": "Sparse. contested (1 for, 1 against). Scores of 0.3 are rare; a tenfold gain.",
    "sparse": "The test; not reproduced.",
}


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ("It is refuted [CLM-1].", "refuted"),
        ("It is supported [CLM-1].", "supported"),
        ("It is not contested [CLM-1].", "not contested"),
        ("It isn't contested [CLM-1].", "isn't contested"),
        ("It refutes the rest [CLM-1].", "refutes"),
        ("It was reproduced [sparse].", "reproduced"),
        ("It was partly reproduced [sparse].", "partly reproduced"),
        ("It is proven [CLM-1].", "proven"),
        ("This confirms it [CLM-1].", "confirms"),
        ("It gains a hundredfold [CLM-1].", "hundredfold"),
        ("A score of people saw it [CLM-1].", "A score of people"),
        ("Dozens saw it [CLM-1].", "dozens"),
    ],
)
def test_no_word_of_standing_certainty_or_amount_of_its_own_passes(answer: str, word: str) -> None:
    found = checked(answer, STANDS)
    assert isinstance(found, Refused)
    assert found.reason.startswith(f"{word} is not in what it cites")


@pytest.mark.parametrize(
    "answer",
    ["It is contested [CLM-1].", "It was not reproduced [sparse].", "A score of 0.3 [CLM-1].",
     "The gain is tenfold. [CLM-1]"],
)  # fmt: skip
def test_the_words_of_what_is_cited_may_be_used(answer: str) -> None:
    assert not isinstance(checked(answer, STANDS), Refused)


@pytest.mark.parametrize(
    "answer", ["It falls [CLM-1], and this is certain.", "[CLM-1] It falls.", "Falls [CLM-1] fast."]
)
def test_nothing_is_said_after_what_is_cited(answer: str) -> None:
    found = checked(answer, SHOWN)
    assert isinstance(found, Refused)
    assert found.reason.startswith("it goes on after what it cites")


@given(st.floats(0, 1e6, allow_nan=False).map(lambda value: f"{value:.3f}"))
def test_no_number_of_its_own_passes(number: str) -> None:
    taken = not isinstance(checked(f"It falls by {number} per cent [CLM-1].", SHOWN), Refused)
    assert taken == (float(number) in {28.9, 1200.0})


@given(st.text(max_size=60))
def test_any_answer_is_taken_or_refused(answer: str) -> None:
    found = checked(answer, SHOWN)
    assert isinstance(found, Refused) or all(each.cites for each in found)
