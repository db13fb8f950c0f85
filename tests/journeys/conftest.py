"""A real server over a real database, and a real Chromium for each person of the cast."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from shoumi.config.installation import Installation
from shoumi.kernel.levels import Level
from tests.journeys.hands import own_database

# Debian's Chromium without a window, or with one where only that is installed.
CHROMIUM = (
    os.environ.get("SHOUMI_CHROMIUM")
    or shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
)
ROOT = Path(__file__).resolve().parents[2]
SIZE = {"width": 1366, "height": 768}


@pytest.fixture(scope="session")
def served(tmp_path_factory, worker_id) -> Iterator[SimpleNamespace]:
    """`shoumi serve` over the cast; `served.url`, `served.data`, `served.shoumi("verify")`."""
    data = tmp_path_factory.mktemp("served") / "data"
    environment = {**os.environ, "SHOUMI_DATA": str(data), "PYTHONPATH": str(ROOT)}
    if url := os.environ.get("SHOUMI_DATABASE"):
        environment["SHOUMI_DATABASE"] = own_database(url, f"journey_{worker_id}")
    Installation.make(data, grade=Level.TOP_SECRET, demonstration=True, hosts=["127.0.0.1"])
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.world"], env=environment, check=True, cwd=ROOT
    )
    port = _free_port()
    command = [sys.executable, "-m", "shoumi.config.command"]
    with open(data.parent / "server.log", "wb") as log:
        server = subprocess.Popen(
            [*command, "serve", "--data", str(data), "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=log,
        )

    def shoumi(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments, "--data", str(data)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    try:
        _wait(f"http://127.0.0.1:{port}/login/", server)
        yield SimpleNamespace(
            url=f"http://127.0.0.1:{port}", data=data, shoumi=shoumi, environment=environment
        )
    finally:
        server.terminate()
        server.wait(timeout=20)
        said = (data.parent / "server.log").read_text(encoding="utf-8")
        assert "Traceback" not in said, said


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; every host but this machine is unmapped."""
    # Playwright keeps a loop in this thread while the browser is open, and Django would take every later
    # test of this worker for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def desks() -> dict[tuple[str, bool], BrowserContext]:
    """Browsers in which somebody is logged in already: a log-in costs more than most acts do."""
    return {}


@pytest.fixture
def sit_down(served, chromium, desks) -> Iterator[Callable[..., Page]]:
    """`sit_down("registrar")` is that person's window, logged in; faults of a page fail the test."""
    used: set[BrowserContext] = set()
    faults: list[str] = []

    def desk(key: str, *, script: bool) -> BrowserContext:
        other = desks.get((key, not script))
        return chromium.new_context(
            base_url=served.url,
            viewport=SIZE,
            locale="zh-CN",
            java_script_enabled=script,
            # One account has one session: the browser without script goes on with the other's.
            storage_state=other.storage_state() if other else None,
        )

    def window(key: str, *, script: bool = True, password: str | None = None) -> Page:
        context = desks.get((key, script)) or desk(key, script=script)
        desks[key, script] = context
        used.add(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(f"{key}: {error}"))
        page.on("console", lambda m: faults.append(f"{key}: {m.text}") if _is_fault(m) else None)
        page.on(
            "response",
            lambda r: faults.append(f"{key}: {r.status} {r.url}") if r.status >= 500 else None,
        )
        page.goto("/")
        if "/login/" in page.url:
            page.fill("[name=account]", key)
            page.fill("[name=password]", password or f"{key}-Pass-2026")
            page.click("main button[type=submit], form button[type=submit]")
            page.wait_for_url(re.compile(r"(?!.*/login/)"))
        return page

    yield window
    for context in used:
        for page in context.pages:
            page.close()
    assert faults == []


def _is_fault(message: object) -> bool:
    text = message.text
    return message.type == "error" and "status of 4" not in text


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise RuntimeError("the server stopped")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")
