"""`report` on the command line: the files that cron finds, and 导出 and the notices' buttons on the pages."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import WEEK, BuildDistrict, building_in
from documents import tables
from pptx import Presentation
from streamlit.testing.v1 import AppTest
from test_pages import open_page, shown

from supervision.answers import Answers
from supervision.cli import main
from supervision.documents import making
from supervision.documents.making import DOCUMENTS, REPORTS, File, packed, write
from supervision.errors import FileUnwritable
from supervision.meeting.minutes import Minutes
from supervision.periods import Period
from supervision.settings import WAREHOUSE_VARIABLE
from supervision.view import exports
from supervision.warehouse import Warehouse

Command = Callable[..., tuple[int, str, str]]
LATE = ["宝山镇", "桥梓镇"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of two batches, only read: two towns with an overdue problem each, then one of them done."""
    towns = [{"code": f"{number}", "name": name} for number, name in enumerate(LATE, 1)]
    late = {"found_on": "2017-10-02", "source": "督查检查", "category": "垃圾", "description": "示例"}
    problems = [late | {"code": f"P{n}", "town": f"{n}", "deadline": "2017-10-20", "done_on": None} for n in (1, 2)]
    folder = tmp_path_factory.mktemp("small") / "warehouse"
    build = building_in(folder)
    build(
        towns=towns,
        departments=[{"name": "区水务局", "field": "水务"}],
        problems=problems,
        enforcement=[{"code": "Z1", "day": "2017-10-29", "department": "区水务局", "inspections": 1}],
    )
    build(problems=[problems[1] | {"done_on": "2017-10-25"}])
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, small: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `report` on the small warehouse: its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(small))

    def command(*arguments: object) -> tuple[int, str, str]:
        code = main(["report", *map(str, arguments)])
        return code, *capsys.readouterr()

    return command


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("weekly", ["周例会_2017-10-29.pptx"]),
        ("bulletin", ["通报_2017-10-29.docx"]),
        ("notices", ["督办单_2017-10-29_01_宝山镇.docx"]),
        ("ledger", ["台账_2017-10-29.xlsx"]),
    ],
)
def test_the_newest_full_week_goes_into_a_folder_that_is_made(
    run: Command, tmp_path: Path, kind: str, files: list[str]
) -> None:
    out = tmp_path / "not yet" / "there"
    code, printed, complained = run(kind, "--out", out)
    assert (code, complained, names(out)) == (0, "", files)
    assert all(name in printed.replace("\n", "") for name in files)


def test_two_runs_leave_the_same_bytes_and_nothing_else(run: Command, tmp_path: Path) -> None:
    for kind in REPORTS:
        run(kind, "--out", tmp_path / "out")
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    for kind in REPORTS:
        run(kind, "--out", tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first


def test_an_older_batch_is_written_as_it_was(run: Command, tmp_path: Path) -> None:
    run("notices", "--snapshot", "1", "--out", tmp_path / "out")
    assert names(tmp_path / "out") == [f"督办单_2017-10-29_{n:02}_{town}.docx" for n, town in enumerate(LATE, 1)]
    run("ledger", "--snapshot", "1", "--out", tmp_path / "old")
    sheet = openpyxl.load_workbook(tmp_path / "old" / "台账_2017-10-29.xlsx")["整改台账"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["P1", "P2"]


def test_a_warehouse_older_than_the_minutes_reports_what_it_imported(
    run: Command, build_district: BuildDistrict, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    matter = {"code": "YD-1", "met_on": "2017-10-23", "matter": "清运", "unit": "宝山镇政府", "due_on": "2017-10-27"}
    returned = {"code": "Z1", "day": "2017-10-29", "department": "区水务局", "inspections": 1}
    folder = build_district(promises=[matter], enforcement=[returned]).path.parent.parent
    (folder / "minutes.sqlite").unlink()
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(folder))
    run("ledger", "--out", tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "台账_2017-10-29.xlsx")["会议议定事项"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["YD-1"]


def test_a_period_of_ones_own_and_one_without_data(run: Command, tmp_path: Path) -> None:
    assert run("ledger", "--start", "2017-10-01", "--end", "2017-10-31", "--out", tmp_path / "out")[0] == 0
    assert run("ledger", "--start", "2016-01-04", "--end", "2016-01-10", "--out", tmp_path / "out")[0] == 0
    assert names(tmp_path / "out") == ["台账_2016-01-10.xlsx", "台账_2017-10-31.xlsx"]
    code, printed, _ = run("notices", "--start", "2016-01-04", "--end", "2016-01-10", "--out", tmp_path / "none")
    assert (code, names(tmp_path / "none")) == (0, [])
    assert "督办单：统计期没有数据，不作督办单。" in printed
    assert "督促整改通知：统计期没有数据，不作督促整改通知。" in printed
    code, printed, _ = run("notices", "--start", "2017-10-01", "--end", "2017-10-19", "--out", tmp_path / "none")
    assert (code, names(tmp_path / "none")) == (0, [])
    assert "没有逾期未整改的问题" in printed
    assert "没有部门触及执法限值" in printed


@pytest.mark.parametrize(
    "arguments",
    [
        ("ledger", "--snapshot", "9"),
        ("ledger", "--start", "2017-10-29", "--end", "2017-10-01"),
        ("ledger", "--start", "2017-10-23"),
        ("ledger", "--end", "2017-10-29"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_sentence(
    run: Command, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    code, printed, complained = run(*arguments, "--out", tmp_path / "out")
    assert (code, printed) == (2, "")
    assert complained.strip().endswith("。")
    assert not (tmp_path / "out").exists()
    if ("--start" in arguments) != ("--end" in arguments):
        assert "--start、--end" in complained


@pytest.mark.parametrize("arguments", [("ledger", "--start", "10月1日"), ("minutes",), ("ledger",)])
def test_what_is_typed_wrong_ends_with_2(
    run: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    out = () if arguments == ("ledger",) else ("--out", tmp_path)
    with pytest.raises(SystemExit) as ended:
        run(*arguments, *out)
    assert ended.value.code == 2
    if "--start" in arguments:
        assert "看不懂日期“10月1日”，请写成 2017-10-23。" in capsys.readouterr().err


def test_without_any_ledger_the_period_must_be_named(
    build_district: BuildDistrict, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_district(towns=[{"code": "1", "name": "甲镇"}])
    given = ["report", "ledger", "--warehouse", str(tmp_path / "warehouse"), "--out", str(tmp_path / "out")]
    assert main(given) == 2
    assert "--start" in capsys.readouterr().err
    assert main([*given, "--start", "2017-10-23", "--end", "2017-10-29"]) == 0


def test_an_empty_warehouse_makes_no_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "ledger", "--warehouse", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 2
    assert "还是空的" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_where_it_cannot_be_written_it_says_so_and_leaves_the_old_file(run: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, _, complained = run("ledger", "--out", tmp_path / "file" / "below")
    assert (code, "建不了文件夹" in complained) == (2, True)
    (tmp_path / "out" / "台账_2017-10-29.xlsx").mkdir(parents=True)
    code, _, complained = run("ledger", "--out", tmp_path / "out")
    assert (code, "没有打开着" in complained.replace("\n", "")) == (2, True)
    assert names(tmp_path / "out") == ["台账_2017-10-29.xlsx"]


def test_a_file_that_another_program_holds_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write([File("台账.xlsx", b"old")], tmp_path)

    def held(source: Path, target: Path) -> None:
        raise PermissionError(13, "The process cannot access the file", str(target))

    monkeypatch.setattr(making.os, "replace", held)
    with pytest.raises(FileUnwritable, match="没有打开着"):
        write([File("台账.xlsx", b"new")], tmp_path)
    assert (tmp_path / "台账.xlsx").read_bytes() == b"old"
    assert names(tmp_path) == ["台账.xlsx"]


def test_an_archive_of_nothing_says_that_there_is_nothing() -> None:
    with zipfile.ZipFile(BytesIO(packed([], "没有逾期未整改的问题，不用督办。"))) as archive:
        assert archive.namelist() == ["说明.txt"]
        assert archive.read("说明.txt").decode("utf-8-sig") == "没有逾期未整改的问题，不用督办。"


def test_a_matter_is_not_late_before_its_day_because_the_period_runs_on(
    build_district: BuildDistrict, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # the year ends two months after the newest row, 29 October; the matter is due on 3 November
    matter = {"code": "YD-1", "met_on": "2017-10-23", "matter": "清运", "unit": "甲镇", "due_on": "2017-11-03"}
    returned = {"code": "Z1", "day": "2017-10-29", "department": "区水务局", "inspections": 1}
    snapshot = build_district(
        departments=[{"name": "区水务局", "field": "水务"}], enforcement=[returned], promises=[matter]
    )
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(snapshot.path.parent.parent))
    for kind in ("weekly", "ledger"):
        assert main(["report", kind, "--start", "2017-01-01", "--end", "2017-12-31", "--out", str(tmp_path)]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "台账_2017-12-31.xlsx")["会议议定事项"]
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
    assert dict(zip(head, row, strict=True))["兑现情况"] == "未到期"
    slides = Presentation(tmp_path / "周例会_2017-12-31.pptx").slides
    said = "".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    assert "未到期 1 项" in said
    assert "状态按会议日 2017年10月29日计" in said


def test_what_a_page_offers_is_what_the_command_line_writes(run: Command, small: Path, tmp_path: Path) -> None:
    for kind in REPORTS:
        run(kind, "--out", tmp_path / "out")
    snapshot = Warehouse(small).current()
    assert snapshot
    answers, minutes = Answers(snapshot, WEEK), Minutes(small)
    for kind in ("weekly", "bulletin", "ledger"):
        document = DOCUMENTS[kind]
        assert document.whole(answers, minutes) == (tmp_path / "out" / document.name(WEEK)).read_bytes()
    with zipfile.ZipFile(BytesIO(DOCUMENTS["overdue"].whole(answers, minutes))) as archive:
        (name,) = archive.namelist()
        assert archive.read(name) == (tmp_path / "out" / name).read_bytes()


class Pressed:
    """Stands in for Streamlit: keeps what each download button was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, Callable[[], bytes], str, bool]] = []

    def download_button(self, label: str, data: Callable[[], bytes], name: str, mime: str, **more: Any) -> None:
        self.given.append((label, data, name, more.get("disabled", False)))


def test_the_notices_of_chosen_problems(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Warehouse(small).snapshot("1")
    answers, pressed = Answers(first, WEEK), Pressed()
    monkeypatch.setattr(exports, "st", pressed)
    every = answers.rows("problem_list", state=None)
    exports.overdue(answers, every)
    exports.overdue(answers, every[every["town"] == "桥梓镇"])
    exports.overdue(answers, every.head(0))
    exports.overdue(answers, answers.rows("rebound_list"))
    both, one, none, rebounds = pressed.given
    assert (both[0], both[2], both[3]) == ("督办单", "督办单_2017-10-29.zip", False)
    with zipfile.ZipFile(BytesIO(both[1]())) as archive:
        assert archive.namelist() == [f"督办单_2017-10-29_{n:02}_{town}.docx" for n, town in enumerate(LATE, 1)]
        alone = archive.read("督办单_2017-10-29_02_桥梓镇.docx")
    assert (one[2], one[3], one[1]()) == ("督办单_2017-10-29_桥梓镇_P2.docx", False, alone)
    assert (none[3], rebounds[3]) == (True, True)


def test_of_a_period_without_data_no_notice_is_offered(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # the newest record is of 2017-10-29: P1 is still late in January, but nothing was sent by then
    answers, pressed = Answers(Warehouse(small).snapshot("1"), Period.around(date(2018, 1, 8), "week")), Pressed()
    monkeypatch.setattr(exports, "st", pressed)
    late = answers.rows("problem_list", state="逾期")
    exports.overdue(answers, late[late["code"] == "P1"])
    exports.overdue(answers, late, "department")
    assert [len(late), *(given[3] for given in pressed.given)] == [2, True, True]


def test_a_towns_government_under_two_names_gets_one_notice(
    build_district: BuildDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = {"town": "1", "found_on": "2017-10-23", "source": "督查检查", "category": "垃圾", "description": "示例"}
    named = ("甲镇政府", "甲镇人民政府", None)
    snapshot = build_district(
        towns=[{"code": "1", "name": "甲镇"}],
        problems=[
            late | {"code": f"P{n}", "deadline": "2017-10-24", "department": name} for n, name in enumerate(named)
        ],
        patrols=[{"code": "X", "chief": "C", "started_at": "2017-10-29 08:00"}],
    )
    answers, pressed = Answers(snapshot, WEEK), Pressed()
    monkeypatch.setattr(exports, "st", pressed)
    exports.overdue(answers, answers.rows("problem_list", state="逾期"), "department")
    ((_, content, name, disabled),) = pressed.given
    assert (name, disabled) == ("督办单_2017-10-29_甲镇_3件.docx", False)
    assert [row[1] for row in tables(content())[0][1:]] == ["P0", "P1", "P2"]


def buttons(app: AppTest) -> dict[str, bool]:
    """By label: whether a download button can be pressed."""
    return {element.proto.label: not element.proto.disabled for element in app.get("download_button")}


OFFERED = [document.title for document in DOCUMENTS.values()]


@pytest.mark.parametrize("page", ["overview.py", "patrol.py", "why.py", "quality.py"])
def test_every_page_offers_the_documents(page: str, monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse) -> None:
    assert OFFERED == ["周例会 PPT", "通报", "督办单", "督促整改通知", "台账 Excel"]
    app = open_page(page, monkeypatch, demo_warehouse.folder)
    assert list(buttons(app))[:5] == OFFERED
    assert "数据截至 2017年10月29日，第 1 批" in shown(app)


def test_an_empty_warehouse_offers_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not buttons(open_page("overview.py", monkeypatch, tmp_path / "nothing"))


def test_the_pages_offer_notices_beside_their_lists(monkeypatch: pytest.MonkeyPatch, demo_warehouse: Warehouse) -> None:
    def keys(page: str, **query: str) -> dict[str, bool]:
        app = open_page(page, monkeypatch, demo_warehouse.folder, **query)
        assert not app.exception
        return {
            element.proto.label: not element.proto.disabled
            for element in app.get("download_button")
            if "document_" not in element.proto.id
        }

    assert keys("overdue.py") == {"督办单": True, "导出本表": True}
    assert keys("overdue.py", state="临期") == {"督办单": False, "导出本表": True}
    assert keys("overdue.py", state="反弹")["督办单"] is False
    assert keys("overdue.py", problem="WT2017-2990") == {"督办单": True}
    assert keys("enforcement.py") == {"督促整改通知": True, "导出本表": True}
    assert keys("enforcement.py", unit="区渔政站")["督促整改通知"] is True
    assert keys("enforcement.py", unit="区水务局")["督促整改通知"] is False
