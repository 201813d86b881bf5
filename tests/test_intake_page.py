"""The clerk's page, as he uses it: preview, one button, correction, replacement, the way back."""

import io
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from supervision.asking import ask
from supervision.importing import import_files
from supervision.intake.memory import remembered
from supervision.settings import ROOT, WAREHOUSE_VARIABLE
from supervision.tables import BY_NAME
from supervision.warehouse import Warehouse

TOWNS = "编码,名称\n105,桥梓镇\n111,宝山镇\n"
DEPARTMENTS = "名称\n区水务局\n区环保局\n"
RETURNS = "编号,日期,部门,检查次数\nZF1,2017-10-09,区水务局,5\nZF2,2017-10-10,区水务局,3\nZF3,2017-10-22,区环保局,3\n"
LEDGER = (
    "问题编号,发现日期,来源,类别,镇乡街道,问题描述,整改方式,整改时限\n"
    "WT1,2017-10-16,督查检查,污水直排,桥梓镇,排水,限期整改,2017-10-31\n"
)


class Clerk:
    """The page in a browser's place."""

    def __init__(self, folder: Path) -> None:
        self.warehouse = Warehouse(folder)
        self.app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        self.app.switch_page("pages/intake.py").run()

    def check(self, name: str, content: bytes | str) -> str:
        """Upload a file, give a name and press 检查; what the page says then."""
        data = content if isinstance(content, bytes) else content.encode()
        self.app.file_uploader[0].upload(name, data, "application/octet-stream")
        self.app.text_input(key="intake_by").set_value("李示例")
        self.app.run()
        return self.press("检查")

    def press(self, label: str) -> str:
        next(each for each in self.app.button if each.label == label).click().run()
        return self.said()

    def said(self) -> str:
        assert not self.app.exception
        return "\n".join(element.proto.body for element in self.app.get("html"))

    def buttons(self) -> list[str]:
        return [each.label for each in self.app.button]

    def codes(self, table: str) -> list[str]:
        snapshot = self.warehouse.current()
        assert snapshot is not None
        return sorted(snapshot.table(BY_NAME[table])["code"])


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A warehouse with two towns, two departments, a return and a ledger, which nobody has opened yet."""
    folder = tmp_path / "warehouse"
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(folder))
    paths = []
    for name, text in {"镇乡街道": TOWNS, "部门": DEPARTMENTS, "执法": RETURNS, "台账": LEDGER}.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    import_files(Warehouse(folder), paths, by="测试")
    return folder


@pytest.fixture
def clerk(filled: Path) -> Clerk:
    """At work in that warehouse."""
    return Clerk(filled)


def test_the_preview_shows_what_will_change_and_the_button_does_it(clerk: Clerk) -> None:
    said = clerk.check(
        "台账.csv", LEDGER.replace("2017-10-31", "2017-10-12") + LEDGER.splitlines()[1].replace("WT1", "WT2")
    )
    assert "1 行新增或变更，1 行要退回" in said
    assert "早于发现日期" in said
    said = clerk.check("台账.csv", LEDGER.replace("2017-10-31", "2017-10-18"))
    assert "改动的内容" in said
    assert "逾期未整改由 0 件变为 1 件" in said
    assert "列入逾期" in said
    assert clerk.warehouse.current().info.batch == 1  # type: ignore[union-attr]
    assert "第 2 批已入库：新增或变更 1 行。" in clerk.press("全部入库")
    snapshot = clerk.warehouse.current()
    assert snapshot is not None
    assert ask(snapshot, "imports")["made_by"].iloc[0] == "李示例"


def test_the_same_file_again_has_nothing_to_press(clerk: Clerk) -> None:
    said = clerk.check("换了名字.csv", LEDGER)
    assert "没有新增或变更" in said
    assert "第 1 批导入过同一个文件" in said
    assert "全部入库" not in clerk.buttons()


def test_an_import_by_somebody_else_in_between_is_said(clerk: Clerk, tmp_path: Path) -> None:
    clerk.check("镇乡街道.csv", TOWNS + "106,怀北镇\n")
    other = tmp_path / "他.csv"
    other.write_text(TOWNS + "107,汤河口镇\n", encoding="utf-8")
    import_files(clerk.warehouse, [other], by="别人")
    assert "检查结果已经过时" in clerk.press("全部入库")
    assert clerk.codes("towns") == ["105", "107", "111"]


def test_a_sheet_that_nobody_knows_is_told_what_it_is_once(clerk: Clerk) -> None:
    odd = "代号,叫法\n108,渤海镇\n"
    assert "未识别" in clerk.check("单位.csv", odd)
    table = next(each for each in clerk.app.selectbox if each.label == "这是哪张表")
    table.select("towns").run()
    for label, column in (("代号　如 108", "code"), ("叫法　如 渤海镇", "name")):
        next(each for each in clerk.app.selectbox if each.label == label).select(column).run()
    said = clerk.press("记住并重新检查")
    assert "按记住的方式" in said
    assert "1 行新增或变更" in said
    assert len(remembered(clerk.warehouse.folder)) == 1
    clerk.press("全部入库")
    assert clerk.codes("towns") == ["105", "108", "111"]
    assert "按记住的方式" in clerk.check("下周.csv", odd.replace("108", "109"))
    clerk.press("恢复自动识别")
    assert remembered(clerk.warehouse.folder) == {}
    assert "未识别" in clerk.said()


def test_a_corrected_month_replaces_the_one_that_was_sent(clerk: Clerk) -> None:
    clerk.check("更正.csv", "编号,日期,部门,检查次数\nZF9,2017-10-11,区水务局,4\n")
    for label, value in (("哪个单位的", "区水务局"),):
        next(each for each in clerk.app.selectbox if each.label == label).select(value).run()
    said = clerk.press("按替换重新检查")
    assert "替换区水务局 2017-10-01 至 2017-10-31 的执法记录" in said
    assert "另删除 2 行" in said
    assert "新增或变更 1 行，删除 2 行" in clerk.press("全部入库")
    assert clerk.codes("enforcement") == ["ZF3", "ZF9"]


def test_a_snapshot_of_an_older_version_is_mended_by_the_same_file_again(filled: Path) -> None:
    with duckdb.connect(str(filled / "snapshots" / "0001.duckdb")) as connection:
        for table in ("filled_days", "refusals", "deliveries"):
            connection.execute(f"drop table {table}")
    clerk = Clerk(filled)
    said = clerk.check("台账.csv", LEDGER)
    assert "当前批次由旧版本建立" in said
    clerk.press("全部入库")
    mended = clerk.warehouse.current()
    assert mended is not None
    assert (mended.info.batch, mended.outdated) == (2, False)
    assert "旧版本" not in clerk.said()


def test_a_name_that_looks_like_markup_is_shown_as_it_is(clerk: Clerk) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet = workbook.add_worksheet("<img src=x onerror=alert(1)>")
        sheet.write_row(0, 0, ["编码", "名称"])
        sheet.write_row(1, 0, ["110", "<script>alert(1)</script>"])
    said = clerk.check("![x](http://example.com/x.png).xlsx", out.getvalue())
    assert "<script>" not in said
    assert "<img src=x" not in said
    assert "&lt;img src=x" in said
