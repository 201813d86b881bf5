"""A real browser walks every page and fails on anything that a user would stumble over."""

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import browsing, needs_browser, serving
from playwright.sync_api import Page

from supervision.warehouse import Warehouse

SIZES = [(1366, 768), (1920, 1080)]
DEEP_LINK_NOISE = ("/_stcore/health", "/_stcore/host-config")
"""Streamlit asks for these below a deep link's own path first, gets 404, and then asks at the root."""

pytestmark = needs_browser


@dataclass
class Watch:
    """What went wrong while a page was open."""

    left_the_machine: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        page.on("request", lambda request: self._request(request.url))
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))
        page.on("console", lambda message: self._console(message.type, message.text, message.location.get("url", "")))

    def _request(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname not in (
            "localhost",
            "127.0.0.1",
        ):
            self.left_the_machine.append(url)

    def _console(self, kind: str, text: str, url: str) -> None:
        if kind == "error" and not url.endswith(DEEP_LINK_NOISE):
            self.console_errors.append(f"{text} {url}")


@pytest.fixture(scope="module")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server writes what it prints."""
    return tmp_path_factory.mktemp("server") / "log.txt"


@pytest.fixture(scope="module")
def address(demo_warehouse: Warehouse, server_log: Path) -> Iterator[str]:
    with serving(demo_warehouse.folder, server_log) as url:
        yield url


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with browsing() as page:
        yield page


def settle(page: Page) -> None:
    """Wait until the page's title stands and Streamlit has stopped running."""
    page.wait_for_selector(".head h1", timeout=60_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_page_is_whole_and_asks_nobody_outside(address: str, browser_page: Page, width: int, height: int) -> None:
    page, watch = browser_page, Watch()
    page.set_viewport_size({"width": width, "height": height})
    watch.on(page)
    page.goto(address)
    settle(page)
    names = page.locator('[data-testid="stTopNavLink"]').all_inner_texts()
    assert names == [
        "总览",
        "镇乡排名",
        "逾期整改",
        "部门执法",
        "巡河履职",
        "河长考核",
        "挂账与任务",
        "周例会",
        "数据导入",
        "数据质量",
        "口径与办法",
    ]
    for name in names:
        page.locator('[data-testid="stTopNavLink"]', has_text=name).click()
        page.wait_for_selector(f'[data-testid="stTopNavLink"][aria-current="page"]:has-text("{name}")')
        settle(page)
        assert page.locator('[data-testid="stException"]').count() == 0, name
        assert page.locator(".head h1").inner_text().strip(), name
        assert page.get_by_text("演示数据").count() > 0, name
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    assert watch.left_the_machine == []
    assert watch.console_errors == []


def test_a_link_shows_a_colleague_the_same_screen(address: str, browser_page: Page) -> None:
    watch = Watch()
    watch.on(browser_page)
    browser_page.goto(f"{address}/ranking?period=week&start=2017-10-16")
    settle(browser_page)
    assert browser_page.get_by_text("10月16日 — 10月22日").count() == 1
    assert "start=2017-10-16" in browser_page.url
    assert watch.left_the_machine == []
    assert watch.console_errors == []


def test_the_server_asks_nobody_for_its_own_address(address: str, server_log: Path) -> None:
    """Streamlit looks its external address up on the internet unless browser.serverAddress is set."""
    with urllib.request.urlopen(address):
        printed = server_log.read_text(encoding="utf-8")
    assert "localhost" in printed
    assert "external" not in printed.lower()
