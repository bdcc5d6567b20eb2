"""The explorer in a browser: each visit runs one of its own, on this machine.

The pages are served to this machine alone, and a page of another site cannot reach them: what
asks for the terminal must come from the address that it is served at.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import GraphkitError

if TYPE_CHECKING:
    from aiohttp import web

HOST: Final = "127.0.0.1"
_MAIN: Final = "from graphkit.commands import main; main()"


def serve(path: Path, port: int) -> None:
    """Serve the explorer of a vault at http://127.0.0.1:PORT until Ctrl-C.

    Raises:
        GraphkitError: the package that serves is not installed, or the port is taken.
    """
    try:
        from textual_serve.server import Server
    except ImportError as error:
        hint = "install it: pip install 'graphkit-notes[web]'"
        raise GraphkitError("a browser needs the package textual-serve", hint) from error

    class Local(Server):
        """Textual's server, for its own pages only."""

        async def _make_app(self) -> web.Application:
            application = await super()._make_app()
            application.middlewares.append(own_pages_only())
            return application

    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    program = (sys.executable, "-P", "-c", _MAIN, "explore", "--vault", str(path))
    try:
        Local(shlex.join(program), host=HOST, port=port, title="GraphKit").serve()
    except OSError as error:
        hint = "name another one: graphkit explore --web --port 8001"
        raise GraphkitError(f"port {port} cannot be used: {error.strerror}", hint) from error


def own_pages_only() -> Any:
    """A middleware that refuses what another site, or another name of this machine, asks for."""
    from aiohttp import web

    @web.middleware
    async def checked(request: web.Request, handler: Any) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        known = {f"{name}:{request.url.port}" for name in (HOST, "localhost")}
        if request.host not in known or origin not in {None, f"http://{request.host}"}:
            raise web.HTTPForbidden(text="This page belongs to another site.")
        response: web.StreamResponse = await handler(request)
        return response

    return checked
