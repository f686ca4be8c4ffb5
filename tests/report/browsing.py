"""Chromium for the tests of pages: where it is, how it is started, and what a page does that it should not."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

MakePage = Callable[[str], Path]
"""Returns the page of a name; see the fixture `made`."""

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# It runs as root in containers, where there is no sandbox, and asks nothing of the network by itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]

needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not there: apt-get install chromium"),
]

OPEN_ALL = "document.querySelectorAll('details').forEach((e) => { e.open = true; })"
# Images further down wait until somebody comes near, so they are asked to come.
DRAWS_IMAGES = """Promise.all([...document.images].map((i) => { i.loading = "eager"; return i.decode(); }))
  .then(() => [...document.images].every((i) => i.complete && i.naturalWidth > 0), () => false)"""


class Watch:
    """Notes what a page complains of, asks for, and shows in front of itself.

    Attributes
    ----------
    complaints : list of str
        Errors and warnings of the console (refusals of the content security policy are errors), exceptions, dialogues,
        windows, downloads.
    requests : list of str
        Every address asked for, but for images inside the page.
    """

    def __init__(self, page: Any) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"exception: {error}"))
        page.on("dialog", self._dismiss)
        page.on("popup", lambda other: self.complaints.append(f"window: {other.url}"))
        page.on("download", lambda file: self.complaints.append(f"download: {file.url}"))
        page.on("request", self._note)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning", "assert"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _dismiss(self, dialogue: Any) -> None:
        self.complaints.append(f"dialogue: {dialogue.message}")
        dialogue.dismiss()

    def _note(self, request: Any) -> None:
        if not request.url.startswith("data:"):
            self.requests.append(request.url)


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """Listen on this machine, and collect what anybody asks for."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(1000))
                    connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        server.shutdown(socket.SHUT_RDWR)


def make_once(folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Make a page once, however many processes test it at the same time.

    `folder` is that of one process of pytest-xdist, whose parent all of them share, or the only one.
    """
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    path = shared / "pages" / f"{name}.html"
    path.parent.mkdir(exist_ok=True)
    with FileLock(f"{path}.lock"):
        if not path.is_file():
            make(path)
    return path
