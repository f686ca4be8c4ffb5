"""A small client of Chromium's DevTools over a pipe: enough to open a page, ask it, and hear what it complains of."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
PATIENCE = 60.0  # seconds; a loaded machine starts a browser slowly


class Browser:
    """One tab. `console` collects errors, exceptions and refused requests; `requests` all addresses asked for."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = read, write
        self._pending = b""
        self._number = 0
        self._session: str | None = None
        self.console: list[str] = []
        self.requests: list[str] = []
        self._loaded = 0

    def start(self) -> None:
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        content = json.dumps(message).encode() + b"\0"
        while content:
            content = content[os.write(self._write, content) :]
        limit = time.monotonic() + PATIENCE
        while True:
            answer = self._receive(limit)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _receive(self, limit: float) -> dict[str, Any]:
        while b"\0" not in self._pending:
            if not select.select([self._read], [], [], max(0.0, limit - time.monotonic()))[0]:
                raise TimeoutError("Chromium does not answer")
            content = os.read(self._read, 1 << 20)
            if not content:
                raise ConnectionError("Chromium has gone")
            self._pending += content
        line, _, self._pending = self._pending.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self._note(message)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        method, params = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.console.append(str(params["exceptionDetails"]))
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            self.console.append(str(params["args"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.console.append(params["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Page.javascriptDialogOpening":
            self.console.append(f"dialogue: {params['message']}")
        elif method == "Page.loadEventFired":
            self._loaded += 1

    def open(self, url: str) -> None:
        """Load a page and wait until it is there."""
        before, limit = self._loaded, time.monotonic() + PATIENCE
        self.send("Page.navigate", url=url)
        while self._loaded == before:
            self._receive(limit)

    def ask(self, expression: str) -> Any:
        """Return the value of a JavaScript expression."""
        result = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"]))
        return result["result"].get("value")

    def draws_images(self) -> bool:
        """Whether every image can be drawn; those further down wait until somebody comes near, so they are asked to."""
        drawn: bool = self.ask(
            """Promise.all([...document.images].map((i) => { i.loading = "eager"; return i.decode(); }))
              .then(() => [...document.images].every((i) => i.complete && i.naturalWidth > 0), () => false)"""
        )
        return drawn

    def wait(self, seconds: float) -> None:
        """Let the page run."""
        self.ask(f"new Promise(done => setTimeout(done, {1000 * seconds:.0f}))")

    def resize(self, width: int, height: int) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def prefer(self, scheme: str, media: str = "") -> None:
        """Show the page as with a "light" or "dark" preference, on "screen" or in "print"."""
        self.send(
            "Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}]
        )

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))

    def print_pdf(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.send("Page.printToPDF", preferCSSPageSize=True)["data"]))


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium without a window, and end it, with all its processes, afterwards."""
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        to_child, write = os.pipe()
        read, from_child = os.pipe()

        def connect() -> None:
            # Chromium reads commands from file descriptor 3 and answers on 4.
            source, answer = os.dup(to_child), os.dup(from_child)
            os.dup2(source, 3)
            os.dup2(answer, 4)

        process = subprocess.Popen(
            [
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--hide-scrollbars",
                f"--user-data-dir={profile}",
                "--remote-debugging-pipe",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=connect,
            start_new_session=True,
        )
        os.close(to_child)
        os.close(from_child)
        page = Browser(read, write)
        try:
            page.start()
            yield page
        finally:
            with contextlib.suppress(Exception):
                page._session = None
                page.send("Browser.close")
            os.close(write)
            os.close(read)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
