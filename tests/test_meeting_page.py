"""周例会: the meeting walked by keyboard in a real browser, and what the lobby and the minutes show around it."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from browser import browsing, needs_browser, serving
from conftest import WEEK
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest
from test_pages import open_page

from supervision.errors import PromiseUnfit
from supervision.importing import check_files
from supervision.meeting.lobby_words import kept_apart, lobby_title, matters_title
from supervision.meeting.minutes import WITHDRAWN
from supervision.meeting.pinned import Focus, Meeting
from supervision.meeting.screens import Bar, Cell, Column, Part, Table
from supervision.meeting.writing import day_meant, judged_on, units
from supervision.periods import Period
from supervision.settings import ROOT
from supervision.table_workbook import write_rows
from supervision.tables import BY_NAME
from supervision.view.meeting_forms import read_focus, written_focus
from supervision.view.meeting_screen import cuttable, place, title_size
from supervision.warehouse import Warehouse

MONDAY = date(2017, 10, 30)
KEYS = ["promises", "findings", "ranking", "overdue", "oldest", "departments", "watchlist", "focus", "decided"]

AUDIT = r"""() => {
  const stage = document.querySelector('.st-key-mt'), wide = innerWidth, high = innerHeight, wrong = []
  const inner = stage.querySelectorAll('.mt-t, .mt-f, .st-key-mtmain')
  for (const part of [document.documentElement, document.body, stage, ...inner])
    if (part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1)
      wrong.push(`scrolls: ${part.tagName}.${part.className}`)
  const light = color => {
    const [r, g, b] = color.map(value => value / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    return .2126 * r + .7152 * g + .0722 * b
  }
  const channels = text => text.match(/[\d.]+/g).map(Number)
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const found = channels(getComputedStyle(each).backgroundColor)
      if (found.length === 3 || found[3] > .99) return found.slice(0, 3)
      if (found[3] > .01) return found.slice(0, 3).map((v, i) => v * found[3] + 255 * (1 - found[3]))
    }
    return [255, 255, 255]
  }
  const foot = stage.querySelector('.st-key-mtfoot').getBoundingClientRect()
  let smallest = 999, weakest = 999, texts = 0
  const judge = (element, box, text) => {
    const style = getComputedStyle(element)
    if (!text.trim() || style.visibility === 'hidden' || !box.width) return
    texts += 1
    const size = parseFloat(style.fontSize)
    if (size < smallest) smallest = size
    const pair = [light(channels(style.color).slice(0, 3)), light(ground(element))].sort((a, b) => b - a)
    const contrast = (pair[0] + .05) / (pair[1] + .05)
    if (contrast < 7) wrong.push(`contrast ${contrast.toFixed(1)}: ${text}`)
    weakest = Math.min(weakest, contrast)
    const cut = element.closest('.long, .ask, .mt-foot > div')
    const right = cut ? cut.getBoundingClientRect().right : box.right
    if (box.left < 0 || right > wide + 1 || box.top < -1 || box.bottom > high + 1) wrong.push(`outside: ${text}`)
    if (!element.closest('.st-key-mtfoot') && box.bottom > foot.top + 1) wrong.push(`under the foot: ${text}`)
  }
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    judge(walker.currentNode.parentElement, range.getBoundingClientRect(), walker.currentNode.data)
  }
  for (const field of stage.querySelectorAll('input'))
    judge(field, field.getBoundingClientRect(), field.value || field.placeholder || '字')
  for (const cell of stage.querySelectorAll('td:not(.long), th'))
    if (cell.scrollWidth > cell.clientWidth + 1) wrong.push(`cut: ${cell.innerText}`)
  const rows = [...stage.querySelectorAll('.mt-t tr')].map(row => row.getBoundingClientRect())
  for (const [at, button] of [...stage.querySelectorAll('.st-key-mtbeside button')].entries()) {
    const box = button.getBoundingClientRect(), row = rows[at + 1], middle = (box.top + box.bottom) / 2
    if (middle < row.top || middle > row.bottom) wrong.push(`button ${at + 1} stands beside another row`)
  }
  const ask = stage.querySelector('.ask')?.getBoundingClientRect()
  if (ask && rows.length && rows.at(-1).bottom > ask.top) wrong.push('the last row lies over the ask')
  return {wrong, smallest, weakest, texts}
}"""


@pytest.fixture(scope="module")
def held(demo_warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """A copy of the demonstration district, because meetings write into the folder of their warehouse."""
    folder = tmp_path_factory.mktemp("held") / "warehouse"
    shutil.copytree(demo_warehouse.folder, folder)
    return Warehouse(folder)


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with browsing() as page:
        yield page


def opened(warehouse: Warehouse, held_on: date = MONDAY, period: Period = WEEK) -> Meeting:
    current = warehouse.current()
    assert current is not None
    return warehouse.minutes.open_meeting(held_on=held_on, period=period, snapshot=current.id, focus=None, by="王秘书")


def settled(page: Page, step: int) -> None:
    """Wait until that step stands and Streamlit has stopped running."""
    page.wait_for_function(
        "step => document.querySelector('.mt-step')?.innerText.startsWith(step + '／')", arg=step, timeout=60_000
    )
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_function(
        "name => document.querySelector('.st-key-mtband strong')?.innerText.startsWith(name)", arg=str(step)
    )


def audit(page: Page, height: int) -> None:
    """Nothing scrolls, nothing is cut or covered, nothing is small or pale."""
    found = page.evaluate(AUDIT)
    assert found["wrong"] == [], page.url
    assert found["texts"] > 12
    assert found["smallest"] >= 24 * height / 1080 - 0.01, page.url
    assert found["weakest"] >= 7


def focused_label(page: Page) -> str:
    label: str = page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText")
    return label


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the field or button with that label has the focus; few times are allowed."""
    for _ in range(8):
        page.keyboard.press("Tab")
        if label in focused_label(page).split("\n")[0]:
            return
    raise AssertionError(f"{label} is not reached: {focused_label(page)}")


@needs_browser
def test_the_meeting_walked_by_keyboard(held: Warehouse, browser_page: Page, tmp_path: Path) -> None:
    page, errors = browser_page, []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with serving(held.folder) as address:
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.goto(f"{address}/meeting")
        page.get_by_label("主持或记录人").focus()
        page.keyboard.type("王秘书")
        page.keyboard.press("Enter")
        settled(page, 1)
        meeting = held.minutes.meetings()[0]
        assert (meeting.held_on, meeting.period, meeting.opened_by) == (MONDAY, WEEK, "王秘书")
        for step, key in enumerate(KEYS, start=1):
            settled(page, step)
            assert step == 1 or page.url.endswith(f"step={key}")
            assert page.locator(".mt-step").inner_text() == f"{step}／9"
            foot = page.locator(".mt-foot").inner_text()
            assert all(words in foot for words in ("数据截至 10月29日", "第 1 批", "演示数据"))
            assert page.locator('[data-testid="stException"]').count() == 0
            for width, height in ((1280, 720), (1920, 1080)):
                page.set_viewport_size({"width": width, "height": height})
                audit(page, height)
            page.keyboard.press("ArrowRight" if step % 2 else "Space")
        page.set_viewport_size({"width": 1280, "height": 720})
        for pressed, step in (("End", 9), ("ArrowLeft", 8), ("PageUp", 7), ("PageDown", 8), ("Home", 1), ("End", 9)):
            page.keyboard.press(pressed)
            settled(page, step)

        tab_to(page, "事项")
        page.keyboard.type("白河 两处直排口 封堵")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Home")
        page.keyboard.press("PageUp")
        assert page.locator(".st-key-mtform input").first.input_value() == "白河 两处直排口 封堵"
        tab_to(page, "责任单位")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        tab_to(page, "时限")
        assert page.locator(".mt-step").inner_text() == "9／9"
        page.keyboard.press("Enter")
        page.wait_for_selector(".mt-t td:has-text('白河 两处直排口 封堵')")
        for number in range(12):
            held.minutes.decide(meeting, matter=f"{number:02}" * 30, unit="区水务局", due_on=MONDAY, by="王秘书")
        page.keyboard.press("ArrowLeft")
        settled(page, 8)
        page.keyboard.press("ArrowRight")
        # a row of one line and eight of two fill the screen, four go on on the next
        for step, rows in ((9, 9), (10, 4)):
            settled(page, step)
            assert page.locator(".st-key-mtbeside button").count() == rows
            audit(page, 720)
            page.keyboard.press("ArrowRight" if step == 9 else "ArrowLeft")
        settled(page, 9)
        page.keyboard.press("ArrowLeft")
        settled(page, 8)

        tab_to(page, "自动翻页 关")
        page.keyboard.press("Enter")
        page.wait_for_selector("button:has-text('自动翻页 20 秒')")
        began, figures = time.monotonic(), page.locator(".st-key-mtmain").inner_text()
        another = tmp_path / "经验做法.xlsx"
        practice = {
            "code": "JY-9",
            "day": pd.Timestamp("2017-10-29"),
            "town": "宝山镇",
            "title": "做法",
            "content": "…",
        }
        write_rows(BY_NAME["practices"], pd.DataFrame([practice]), another)
        subprocess.run(
            [sys.executable, "-m", "supervision", "import", str(another), "--warehouse", str(held.folder)],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        page.wait_for_selector(".mt-news", timeout=20_000)
        assert page.locator(".mt-news").inner_text() == "会议期间又导入了第 2 批，本次会议仍按第 1 批"
        settled(page, 9)
        assert time.monotonic() - began > 15
        assert page.url.endswith("step=decided&auto=20")
        page.keyboard.press("ArrowLeft")
        settled(page, 8)
        assert page.locator(".st-key-mtmain").inner_text() == figures
        assert "第 1 批" in page.locator(".mt-foot").inner_text()
        audit(page, 720)
    with serving(held.folder) as address:
        page.goto(f"{address}/meeting?meeting={meeting.number}&step=decided")
        settled(page, 9)
        # a server that has just begun may draw the first page of a browser twice, and the focus would be lost
        page.wait_for_timeout(1_500)
        settled(page, 9)
        page.locator(".st-key-mtbeside button").nth(8).wait_for()
        assert page.locator(".mt-t td").first.inner_text() == "白河 两处直排口 封堵"
        tab_to(page, "事项")
        tab_to(page, "撤销")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('本次会议议定 12 项')")
        page.keyboard.press("Home")
        settled(page, 1)
        tab_to(page, "办结")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        tab_to(page, "完成日期")
        page.keyboard.press("Enter")
        page.wait_for_selector(".mt-t td:has-text('10月30日完成'), .mt-t td:has-text('天完成')")
        settled(page, 1)  # the form comes back empty, and without the focus the keys turn the screens again
        page.keyboard.press("End")
        settled(page, 10)
        page.goto(f"{address}/meeting?meeting={meeting.number}&step=44")
        page.wait_for_selector(".mt h1:has-text('这次会议没有这一项：44')", timeout=60_000)
        page.get_by_role("link", name="回到第一项").click()
        settled(page, 1)
        page.goto(f"{address}/meeting?meeting=77")
        page.wait_for_selector(".mt h1:has-text('没有第 77 次会议')", timeout=60_000)
    assert errors == []


def app_on(folder: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = open_page("meeting.py", monkeypatch, folder, **query)
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def on_step(app: AppTest, key: str) -> str:
    app.query_params["step"] = key
    app.run()
    assert not app.exception
    return shown(app)


def button(app: AppTest, label: str) -> Any:
    return next(each for each in app.button if each.label == label)


def test_a_period_without_data_says_so_on_each_screen(held: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = Period("week", date(2016, 1, 4), date(2016, 1, 10))
    meeting = opened(held, date(2016, 1, 11), empty)
    app = app_on(held.folder, monkeypatch, meeting=str(meeting.number), step=KEYS[0])
    for key in KEYS[1:-1]:
        assert "1月4日 — 1月10日没有数据" in on_step(app, key), key


def test_part_of_the_tables(build_district: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_district(
        towns=[{"code": "T1", "name": "<b>宝山</b>镇"}],
        promises=[{"code": "1", "met_on": "2017-10-23", "matter": "<b>清运</b>", "unit": "甲", "due_on": "2017-10-27"}],
    )
    folder = tmp_path / "warehouse"
    meeting = opened(Warehouse(folder))
    app = app_on(folder, monkeypatch, meeting=str(meeting.number))
    for key in KEYS:
        assert not {"<b>宝山</b>", "<b>清运</b>"} & set(re.findall(r"<b>..</b>", on_step(app, key)))
    assert "&lt;b&gt;清运&lt;/b&gt;" in on_step(app, "promises")
    assert "还没有导入整改台账" in on_step(app, "overdue")
    assert "还没有导入部门名录、执法记录" in on_step(app, "departments")


def test_a_key_presses_the_same_button_on_every_screen(held: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    # while a screen is being replaced the buttons of both are there: two of them would turn twice
    app = app_on(held.folder, monkeypatch, meeting=str(opened(held).number))
    listening = []
    for step in ("ranking", "overdue"):
        on_step(app, step)
        listening.append({each.proto.shortcut: each.key for each in app.button if each.proto.shortcut})
    assert listening[0] == listening[1]
    assert len(listening[0]) == 7


def test_an_earlier_meeting_is_shown_as_it_was_and_cannot_be_written_in(
    held: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier, _ = opened(held), opened(held)
    app = app_on(held.folder, monkeypatch, meeting=str(earlier.number), step="decided")
    assert "之后又开过会，本次只能看" in shown(app)
    assert [each.label for each in app.button if each.label in ("写下", "撤销", "记下")] == []


def test_a_missing_batch_is_one_sentence(held: Warehouse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(held.folder, tmp_path / "copy")
    copy = Warehouse(tmp_path / "copy")
    lost = copy.minutes.open_meeting(held_on=MONDAY, period=WEEK, snapshot="0099", focus=None, by="王")
    text = shown(app_on(copy.folder, monkeypatch, meeting=str(lost.number)))
    assert "这次会议现在看不了" in text
    assert "0099" in text


def test_a_batch_of_an_older_version_is_one_sentence(
    build_district: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = build_district(
        towns=[{"code": "T1", "name": "宝山镇"}],
        problems=[{"code": "W1", "town": "T1", "found_on": "2017-10-23", "description": "=1+1", "source": "巡查"}],
    )
    with duckdb.connect(str(snapshot.path)) as connection:
        connection.execute("drop table measures")
    folder = tmp_path / "warehouse"
    meeting = opened(Warehouse(folder))
    text = shown(app_on(folder, monkeypatch, meeting=str(meeting.number), step="ranking"))
    assert "这次会议现在看不了" in text
    assert "旧版本" in text


def test_the_focus_is_kept_in_the_address(held: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = opened(held)
    app = app_on(held.folder, monkeypatch, meeting=str(meeting.number), step="focus", focus="town:桥梓镇")
    assert "桥梓镇第" in shown(app)
    chosen = next(each for each in app.selectbox if each.label == "关注")
    river = next(name for name in held_rivers(held))
    chosen.select(f"river:{river}").run()
    assert app.query_params["focus"] == f"river:{river}"
    assert f"{river} " in shown(app)


def held_rivers(held: Warehouse) -> list[str]:
    from supervision.asking import ask

    current = held.current()
    assert current is not None
    return ask(current, "river_list", None)["river"].tolist()


def test_the_lobby_opens_a_meeting_and_lists_it(
    demo_warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(demo_warehouse.folder, tmp_path / "copy")
    app = app_on(tmp_path / "copy", monkeypatch)
    assert "本周例会：10月23日 — 10月29日，还没有开" in shown(app)
    button(app, "开始周例会").click().run()
    assert "请先写记录人" in shown(app)
    app.text_input(key="lobby_day").input("明天")
    app.text_input(key="lobby_by").input("王秘书")
    button(app, "开始周例会").click().run()
    assert "看不懂会议日期“明天”" in shown(app)
    app.text_input(key="lobby_day").input("10月31日")
    button(app, "开始周例会").click().run()
    assert app.query_params["meeting"] == "1"
    (meeting,) = Warehouse(tmp_path / "copy").minutes.meetings()
    assert (meeting.held_on, meeting.opened_by, meeting.focus) == (
        date(2017, 10, 31),
        "王秘书",
        Focus("town", "宝山镇"),
    )
    app = app_on(tmp_path / "copy", monkeypatch)
    assert "10月31日已开，没有写下议定事项" in shown(app)
    assert "10月31日例会还能接着记；另开一次以后，它的记录就不再改动。" in shown(app)
    assert [each.label for each in app.button if each.label in ("开始周例会", "另开一次")] == ["另开一次"]
    assert 'href="meeting?meeting=1"' in shown(app)
    button(app, "作废 10月31日例会").click().run()
    assert "本周例会：10月23日 — 10月29日，还没有开" in shown(app)
    assert Warehouse(tmp_path / "copy").minutes.meetings() == []
    assert [each.label for each in app.button if "作废" in each.label] == []


def test_a_matter_is_done_corrected_withdrawn_and_its_history_stays(
    demo_warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(demo_warehouse.folder, tmp_path / "copy")
    copy = Warehouse(tmp_path / "copy")
    code = copy.minutes.promises(on=MONDAY)["code"].iloc[0]
    app = app_on(copy.folder, monkeypatch, promise=code)
    app.text_input(key="card_done").input("10月28日")
    app.text_input(key="card_note").input("=1+1")
    app.text_input(key="card_by").input("李")
    button(app, "保存").click().run()
    done = copy.minutes.promise(code)
    assert (done.done_on, done.note, done.state) == (date(2017, 10, 28), "=1+1", "已完成")
    app.text_input(key="card_done").input("2017-10-01")
    button(app, "保存").click().run()
    assert "早于会议日期" in shown(app)
    button(app, "撤销这一项").click().run()
    assert copy.minutes.promise(code).state == WITHDRAWN
    assert "已经撤销" in shown(app)
    assert copy.minutes.history(code)["written_by"].tolist()[-2:] == ["李", "李"]
    assert "没有编号为 YD-0 的议定事项" in shown(app_on(copy.folder, monkeypatch, promise="YD-0"))


def test_a_card_writes_what_was_changed_on_it_and_nothing_else(
    demo_warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(demo_warehouse.folder, tmp_path / "copy")
    minutes = Warehouse(tmp_path / "copy").minutes
    code = minutes.promises(on=MONDAY)["code"].iloc[0]
    minutes.amend(code, by="赵", state="推进中", done_on=None, due_on=date(2017, 11, 1), note=None)
    app = app_on(tmp_path / "copy", monkeypatch, promise=code)
    minutes.amend(code, by="钱", due_on=date(2017, 11, 8))  # while the card is open elsewhere
    app.text_input(key="card_note").input("已备料")
    app.text_input(key="card_by").input("李")
    button(app, "保存").click().run()
    now = minutes.promise(code)
    assert (now.note, now.due_on, now.state) == ("已备料", date(2017, 11, 8), "推进中")
    app.text_input(key="card_due").input("尽快")
    button(app, "撤销这一项").click().run()
    assert minutes.promise(code).state == WITHDRAWN


def test_the_list_comes_back_as_it_was_exported(held: Warehouse, tmp_path: Path) -> None:
    every = held.minutes.promises(on=MONDAY)
    write_rows(BY_NAME["promises"], every, tmp_path / "会议议定事项.xlsx")
    (sheet,) = check_files(held, [tmp_path / "会议议定事项.xlsx"], by="王").sheets
    assert (sheet.table, sheet.refused) == ("promises", 0)
    assert (sheet.added, sheet.changed) == (0, 0)


@pytest.mark.parametrize(
    ("text", "since", "meant"),
    [
        ("2017-11-06", MONDAY, date(2017, 11, 6)),
        ("11月6日", MONDAY, date(2017, 11, 6)),
        ("11月6日前", MONDAY, date(2017, 11, 6)),
        ("11月底前", MONDAY, date(2017, 11, 30)),
        ("1月5日", MONDAY, date(2018, 1, 5)),
        ("2017-10-01", MONDAY, date(2017, 10, 1)),
    ],
)
def test_days_as_they_are_written(text: str, since: date, meant: date) -> None:
    assert day_meant(text, since, "时限") == meant


def test_a_day_that_nobody_understands() -> None:
    with pytest.raises(PromiseUnfit, match="看不懂时限“尽快”"):
        day_meant("尽快", MONDAY, "时限")


def test_who_is_answerable_and_by_which_day_the_list_is_judged() -> None:
    departments = pd.DataFrame({"department": ["区水务局"]})
    towns = pd.DataFrame({"town": ["龙山街道", "宝山镇", "喇叭沟门满族乡"]})
    assert units(departments, towns) == ["区水务局", "龙山街道办事处", "宝山镇政府", "喇叭沟门满族乡政府"]
    named = ["区河长办", "宝山镇人民政府", "区水务局", "区河长办"]
    assert units(departments, towns.head(2), named) == ["区水务局", "龙山街道办事处", "宝山镇政府", "区河长办"]
    some = pd.DataFrame(
        {
            "met_on": pd.to_datetime(["2017-10-30", "2027-10-30"]),
            "done_on": pd.to_datetime(["2017-11-02", None]),
            "state": ["已完成", WITHDRAWN],
        }
    )
    assert judged_on(None, some.head(0), []) is None
    assert judged_on(date(2017, 10, 29), some.head(0), []) == date(2017, 10, 29)
    assert judged_on(date(2017, 10, 29), some, []) == date(2017, 11, 2)
    later = Meeting(1, date(2017, 11, 6), WEEK, "0001", None, "2017-11-06T09:00:00", "王")
    assert judged_on(date(2017, 10, 29), some, [later]) == date(2017, 11, 6)


def test_sentences_of_the_lobby() -> None:
    meeting = Meeting(3, MONDAY, WEEK, "0001", None, "2017-10-30T09:00:00", "王")
    assert lobby_title(WEEK, WEEK.called(week=False), [], {}) == "本周例会：10月23日 — 10月29日，还没有开"
    assert (
        lobby_title(WEEK, WEEK.called(week=False), [meeting], {3: 2})
        == "本周例会：10月23日 — 10月29日，10月30日已开，议定 2 项"
    )
    month = Period.around(MONDAY, "month")
    assert lobby_title(month, month.label, [meeting], {3: 2}) == "例会：2017年10月，还没有开"
    assert matters_title(pd.DataFrame({"standing": []})) == "会议议定事项：还没有"
    standings = pd.DataFrame({"standing": ["按时完成", "逾期", "逾期"]})
    assert matters_title(standings) == "会议议定事项 3 项：逾期 2 项，按时完成 1 项"
    assert kept_apart(1, 1, open_still=True) == ""
    assert kept_apart(1, None, open_still=True) == ""
    assert kept_apart(1, 2, open_still=True) == "会议期间又导入了第 2 批，本次会议仍按第 1 批"
    assert kept_apart(3, 2, open_still=True) == "数据已退回到第 2 批，这次会议仍按第 3 批"
    assert kept_apart(1, 2, open_still=False) == "现在的数据是第 2 批，这次会议仍按第 1 批"


def test_which_screen_an_address_means() -> None:
    assert [place(KEYS, asked) for asked in (None, "1", "9", "overdue")] == [0, 0, 8, 3]
    assert [place(KEYS, asked) for asked in ("0", "10", "x", "-1", "²")] == [None] * 5
    assert read_focus("town:宝山镇") == Focus("town", "宝山镇")
    assert written_focus(Focus("river", "沙河")) == "river:沙河"
    assert [read_focus(text) for text in (None, "", "宝山镇", "town:", "chief:王")] == [None] * 5


def test_what_may_be_cut_and_how_large_a_title_is() -> None:
    long = "三块石村民俗户污水未经处理入河，多次督办"
    columns = (Column("镇乡街道", 1), Column("", 1), Column("问题", 1), Column("责任单位", 1))
    row = (Cell(long), Bar((Part(1, "amount"),), 1), Cell(long), Cell(long))
    assert cuttable(Table(columns, (row,))) == [2]
    assert cuttable(None) == []
    assert [title_size("字" * length) for length in (32, 33, 41, 42)] == ["", "long", "long", "long two"]
    assert not re.search("long", title_size("41 件" * 8))
