"""The explorer in a browser: served to this machine's own pages, painted by headless Chromium."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import tea

aiohttp = pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

PATIENCE = 60  # seconds until a page that does not come is a failure
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Of a server with the explorer on the vault about tea."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "from graphkit.commands import main; main()"
    places = {f"XDG_{name}_HOME": str(tmp_path) for name in ("STATE", "CONFIG", "CACHE")}
    server = subprocess.Popen(
        [sys.executable, "-c", code, "explore", "--web", "--port", str(port), str(tea(tmp_path))],
        env={**os.environ, **places, "PYTHONPATH": str(Path(__file__).parents[2])},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    yield f"http://127.0.0.1:{port}"
    server.send_signal(signal.SIGINT)
    server.wait(PATIENCE)


async def reached(session: Any, address: str) -> None:
    """Wait until the server answers."""
    while True:
        with contextlib.suppress(aiohttp.ClientError):
            async with session.get(address):
                return
        await asyncio.sleep(0.05)


async def test_a_page_of_another_site_is_refused_and_its_own_is_painted(address: str) -> None:
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
        await reached(session, address)
        for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}):
            async with session.get(f"{address}/ws", headers=headers) as refused:
                assert refused.status == 403
        seen = b""
        async with session.ws_connect(f"{address}/ws?width=120&height=36", origin=address) as page:
            async for message in page:
                seen += message.data if isinstance(message.data, bytes) else b""
                if b"seventy degrees" in seen:
                    break


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
async def test_a_browser_paints_it(address: str, tmp_path: Path) -> None:
    assert CHROMIUM
    profile = tmp_path / "profile"
    browser = await asyncio.create_subprocess_exec(
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
        f"--user-data-dir={profile}", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
            while not (port := _port(profile)):
                await asyncio.sleep(0.05)
            await reached(session, address)
            await reached(session, f"http://127.0.0.1:{port}/json/version")
            async with session.put(f"http://127.0.0.1:{port}/json/new?{address}") as opened:
                target = (await opened.json())["webSocketDebuggerUrl"]
            async with session.ws_connect(target, max_msg_size=0) as page:
                while not await _painted(page):
                    await asyncio.sleep(0.1)
    finally:
        browser.terminate()
        await browser.wait()


def _port(profile: Path) -> str:
    file = profile / "DevToolsActivePort"
    return (file.read_text().splitlines() or [""])[0] if file.exists() else ""


async def _painted(page: Any) -> bool:
    """Whether the terminal of the page shows more than its background."""
    screen = "(document.querySelector('.xterm-screen') || {}).offsetWidth > 300"
    script = f"{screen} && document.body.classList.contains('-first-byte')"
    await page.send_json({"id": 1, "method": "Runtime.evaluate", "params": {"expression": script}})
    async for message in page:
        answer = message.json()
        if answer.get("id") == 1:
            return bool(answer["result"]["result"].get("value"))
    return False
