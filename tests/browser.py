"""HTML to a page in a real browser: headless Chromium, driven over the pipe of its DevTools protocol."""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS: Final = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"),
    *("--disable-dev-shm-usage", "--force-color-profile=srgb", "--remote-debugging-pipe"),
)
# It reads from 3 and writes to 4, where our ends of the pipes may not be.
_LAUNCH: Final = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD_CLOEXEC, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
_PATIENCE: Final = 30.0  # seconds
_KEYS: Final = {
    "Tab": ("Tab", 9, ""),
    "Enter": ("Enter", 13, "\r"),
    " ": ("Space", 32, " "),
    "ArrowDown": ("ArrowDown", 40, ""),
    "ArrowUp": ("ArrowUp", 38, ""),
    "Escape": ("Escape", 27, ""),
}


@dataclass(slots=True)
class Browser:
    """A running Chromium; `folder` is its own, and goes with it."""

    process: "subprocess.Popen[bytes]"
    to: int
    fro: int
    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    heard: list[dict[str, Any]] = field(default_factory=list)
    rest: bytes = b""

    @contextmanager
    def page(
        self, html: bytes | str, *, width: int = 1100, height: int = 900, dark: bool = False, scripts: bool = True
    ) -> "Iterator[Page]":
        """A page that shows `html`, in a window so wide and high; without `scripts` it runs none."""
        path = self.folder / f"page-{next(self.numbers)}.html"
        path.write_bytes(html.encode() if isinstance(html, str) else html)
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        page.resize(width, height)
        page.emulate(dark=dark)
        if not scripts:
            page.call("Emulation.setScriptExecutionDisabled", value=True)
        page.call("Page.navigate", url=path.as_uri())
        page.wait_for("Page.loadEventFired")
        yield page
        self.call("Target.closeTarget", {"targetId": target})

    def call(self, method: str, parameters: dict[str, Any], session: str | None = None) -> dict[str, Any]:
        """Call a method of the protocol and wait for its answer; events on the way are kept."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while (answer := self.hear()).get("id") != number:
            self.heard.append(answer)
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: dict[str, Any] = answer["result"]
        return result

    def hear(self) -> dict[str, Any]:
        """The next message."""
        until = time.monotonic() + _PATIENCE
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.fro], [], [], max(0, until - time.monotonic()))
            data = os.read(self.fro, 1 << 20) if ready else b""
            assert data, "Chromium does not answer" if not ready else "Chromium has ended"
            self.rest += data
        message, _, self.rest = self.rest.partition(b"\0")
        heard: dict[str, Any] = json.loads(message)
        return heard


@dataclass(frozen=True, slots=True)
class Page:
    """One page, as a reader has it."""

    browser: Browser
    session: str

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol for this page."""
        return self.browser.call(method, parameters, self.session)

    def events(self, method: str) -> list[dict[str, Any]]:
        """What has happened of one sort so far."""
        own = [event for event in self.browser.heard if event.get("sessionId") == self.session]
        return [event["params"] for event in own if event["method"] == method]

    def wait_for(self, method: str) -> None:
        """Wait until it has happened."""
        while not self.events(method):
            self.browser.heard.append(self.browser.hear())

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def text(self, selector: str = "body") -> str:
        """What is to be seen of an element's text, each stretch of white space one blank."""
        return " ".join(str(self.run(f"document.querySelector({json.dumps(selector)}).innerText")).split())

    def click(self, selector: str) -> None:
        """Click on the middle of an element."""
        find = f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{block: "center", behavior: "instant"}});
            const box = element.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }})()"""
        x, y = self.run(find)
        for what in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=what, x=x, y=y, button="left", clickCount=1)

    def press(self, *keys: str) -> None:
        """Press keys, each by its name or as a character."""
        for key in keys:
            code, number, text = _KEYS.get(key, (f"Key{key.upper()}", ord(key.upper()[0]), key))
            press = {"key": key, "code": code, "windowsVirtualKeyCode": number}
            self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **press)
            self.call("Input.dispatchKeyEvent", type="keyUp", **press)

    def type(self, text: str) -> None:
        """Type into the field that has the focus."""
        self.call("Input.insertText", text=text)

    def resize(self, width: int, height: int) -> None:
        """Make the window so wide and high, in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def emulate(self, *, dark: bool = False, media: str = "") -> None:
        """Show the page as in dark or light mode, and for another medium: `print`."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def pdf(self) -> bytes:
        """The page as it is printed, on the paper that it asks for."""
        return b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def screenshot(self) -> bytes:
        """A PNG of the whole page."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        return b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)["data"])

    def errors(self) -> list[str]:
        """What the browser complained of: exceptions, errors and warnings on the console, refusals of its policy."""
        thrown = [str(event["exceptionDetails"]) for event in self.events("Runtime.exceptionThrown")]
        logged = [str(event["entry"]["text"]) for event in self.events("Log.entryAdded")]
        called = self.events("Runtime.consoleAPICalled")
        return [*thrown, *logged, *(str(event["args"]) for event in called if event["type"] in {"error", "warning"})]

    def addresses(self) -> list[str]:
        """Every address that the page asked for, its own first."""
        return [str(event["request"]["url"]) for event in self.events("Network.requestWillBeSent")]


@contextmanager
def start() -> Iterator[Browser]:
    """A Chromium of its own, with nothing in it; it ends with the block."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.fail("these tests need Chromium: apt-get install chromium (or deselect them: -m 'not browser')")
    folder = Path(tempfile.mkdtemp(prefix="octdeck-browser-"))
    read_by_it, to = os.pipe()
    fro, written_by_it = os.pipe()
    launch = [sys.executable, "-IS", "-c", _LAUNCH, str(read_by_it), str(written_by_it)]
    process = subprocess.Popen(
        [*launch, program, *_FLAGS, f"--user-data-dir={folder / 'profile'}", "about:blank"],
        pass_fds=(read_by_it, written_by_it),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(read_by_it)
    os.close(written_by_it)
    browser = Browser(process, to, fro, folder)
    try:
        browser.call("Browser.getVersion", {})
        yield browser
    finally:
        with suppress(OSError, AssertionError):
            browser.call("Browser.close", {})
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what it may have left behind
        process.wait()
        os.close(to)
        os.close(fro)
        shutil.rmtree(folder, ignore_errors=True)
