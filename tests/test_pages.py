"""Every page, run as Streamlit runs it: on the demonstration district, on nothing, and on a week without data."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from supervision.settings import ROOT, WAREHOUSE_VARIABLE
from supervision.view import shell
from supervision.warehouse import Warehouse

PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))


def open_page(page: str, monkeypatch: pytest.MonkeyPatch, warehouse: Path, **query: str) -> AppTest:
    """The page as a link opens it, with these query parameters: the app's first run in a session of its own.

    Before the first run Streamlit knows a page by its file's name, which is its path in the address too.
    """
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(warehouse))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(query)
    return app.switch_page(f"pages/{page}").run()


def shown(app: AppTest) -> str:
    """All text that the page shows, its own HTML included."""
    blocks = [element.proto.body for element in app.get("html")]
    return "\n".join([*blocks, *(element.value for element in app.markdown)])


def test_a_page_is_named_in_the_address_as_its_file_is() -> None:
    assert sorted(f"{name}.py" for name in {**shell.PAGES, **shell.OPENED_BY_LINKS}) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_on_the_demonstration_district(page: str, monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse) -> None:
    app = open_page(page, monkeypatch, demo_warehouse.folder)
    assert not app.exception
    text = shown(app)
    assert "演示数据" in text
    assert "10月29日" in text
    assert not re.search(r"\b(nan|NaT|None)\b", text)


@pytest.mark.parametrize("page", PAGES)
def test_on_an_empty_warehouse(page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = open_page(page, monkeypatch, tmp_path / "nothing")
    assert not app.exception
    assert "导入" in shown(app)


@pytest.mark.parametrize("page", PAGES)
def test_on_a_period_without_data(page: str, monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse) -> None:
    app = open_page(page, monkeypatch, demo_warehouse.folder, period="week", start="2016-01-04", end="2016-01-10")
    assert not app.exception
    assert "1月4日" in shown(app) or any("1月4日" in button.label for button in app.button)


@pytest.mark.parametrize(
    "query",
    [
        {"start": "2017-13-45"},
        {"period": "fortnight", "start": "2017-10-01"},
        {"period": "free", "start": "2017-10-29", "end": "2017-10-01"},
        {"town": "没有这个镇", "department": "没有这个部门"},
        {"start": "9999-12-31", "end": "0001-01-01"},
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_a_bad_address_shows_the_newest_week(
    page: str, query: dict[str, str], monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse
) -> None:
    app = open_page(page, monkeypatch, demo_warehouse.folder, **query)
    assert not app.exception
    assert "10月29日" in shown(app)
