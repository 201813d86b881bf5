"""Files that come in and go out through the browser: untrusted names, disarmed formulas, one import end to end."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from supervision.settings import ROOT, WAREHOUSE_VARIABLE
from supervision.view.uploads import base_name
from supervision.warehouse import Warehouse
from supervision.workbooks import csv_text

TOWNS = "编码,名称\n110116105,桥梓镇\n110116106,宝山镇\n"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("台账.xlsx", "台账.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\台账.xlsx", "台账.xlsx"),
        ("a\x00b\n.csv", "ab.csv"),
        ("..", "未命名"),
        ("", "未命名"),
        ("x" * 300 + ".csv", "x" * 76 + ".csv"),
    ],
)
def test_only_the_base_name_of_an_upload_is_kept(sent: str, kept: str) -> None:
    assert base_name(sent) == kept


def test_a_csv_opens_in_excel_and_holds_no_formula() -> None:
    frame = pd.DataFrame(
        {"text": ["=1+1", "好", None], "day": pd.to_datetime(["2017-10-23", None, None]), "n": [-1, 2, 3]}
    )
    written = csv_text(frame, {"text": "问题", "day": "时限", "n": "天"})
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").splitlines() == ["问题,时限,天", "'=1+1,2017-10-23,-1", "好,,2", ",,3"]


def shown(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def button(app: AppTest, label: str):
    return next(each for each in app.button if each.label == label)


def test_a_file_is_checked_imported_and_taken_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(tmp_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.switch_page("pages/intake.py").run()
    for content in (TOWNS, TOWNS + "110116107,庙城镇\n"):
        app.file_uploader[0].upload("镇乡街道.csv", content.encode(), "text/csv")
        app.text_input(key="intake_by").set_value("李示例")
        app.run()
        button(app, "检查").click().run()
        button(app, "全部入库").click().run()
        assert not app.exception
    app.file_uploader[0].upload("说明.txt", b"1", "text/plain")
    app.run()
    button(app, "检查").click().run()
    assert "里没有认得的表头" in shown(app)
    assert "全部入库" not in [each.label for each in app.button]
    warehouse = Warehouse(tmp_path)
    assert [info.rows["towns"] for info in warehouse.snapshots()] == [3, 2]
    app.selectbox(key="roll_back_to_0002").select("0001").run()
    assert "第 2 批带来的新增和变更不再显示，少 镇乡街道 1 行" in shown(app)
    button(app, "确认退回").click().run()
    assert not app.exception
    current = warehouse.current()
    assert current is not None
    assert current.info.batch == 1
