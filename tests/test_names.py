"""Names to keys."""

import numpy as np
import pandas as pd
import pytest

from supervision.intake.names import Directory
from supervision.tables import BY_NAME, Column

TOWN = Column("town", "镇乡街道", refers="towns")
CHIEF = Column("chief", "河长", refers="chiefs")
UNIT = Column("department", "责任部门", "unit")
PARTNERS = Column("partners", "参与部门", "many", refers="departments")


@pytest.fixture
def directory() -> Directory:
    return Directory(
        {
            "towns": pd.DataFrame(
                {
                    "code": ["110116105", "110116001", "110116003"],
                    "name": ["桥梓镇", "泉河街道", "怀柔地区(怀柔镇)"],
                    "aliases": [np.array(["桥梓"], dtype=object), None, None],
                }
            ),
            "departments": pd.DataFrame({"name": ["区水务局", "区环保局"], "aliases": [["水务局"], ["环保局"]]}),
            "chiefs": pd.DataFrame({"code": ["HZ1", "HZ2", "HZ3"], "name": ["张三", "张三", "李四"]}),
        }
    )


def series(*values: object) -> pd.Series:
    return pd.Series(values, index=range(2, 2 + len(values)), dtype=object)


def test_key_name_and_alias_in_any_width(directory: Directory) -> None:
    values = series(
        "110116105", "桥梓镇", "桥梓", "１１０１１６１０５", "桥 梓镇", None, "怀柔镇", "怀柔地区（怀柔镇）"
    )
    keys, failures = directory.resolve(values, TOWN)
    assert failures == []
    assert keys.fillna("").tolist() == ["110116105"] * 5 + ["", "110116003", "110116003"]
    assert keys.index.tolist() == list(range(2, 10))


def test_an_unknown_name_is_refused_with_the_nearest(directory: Directory) -> None:
    keys, (failure,) = directory.resolve(series("桥梓镇", "桥辛镇"), TOWN)
    assert keys.isna().tolist() == [False, True]
    assert (failure.row, failure.value, failure.rule) == (3, "桥辛镇", "名称未登记")
    assert "相近的有：桥梓镇" in failure.message


@pytest.mark.parametrize("written", ["区水务局、环保局", "区水务局，环保局", "区水务局和环保局", "区水务局环保局"])
def test_two_names_in_a_cell_for_one_are_told_apart(directory: Directory, written: str) -> None:
    _, (failure,) = directory.resolve(series(written), UNIT)
    assert (failure.rule, failure.value) == ("一格多个", written)
    assert failure.message == (
        f"「责任部门」写的是“{written}”，一格里写了 2 个名称（区水务局、环保局）；"
        "这一列只能写一个，请只留主要的一个，或分成几行。"
    )
    _, (unknown,) = directory.resolve(series("区水务局、区林业局"), UNIT)
    assert unknown.rule == "名称未登记"


def test_names_written_together_where_several_may_stand(directory: Directory) -> None:
    _, (failure,) = directory.resolve(series(["区水务局环保局"]), PARTNERS)
    assert failure.message.endswith("一格里写了 2 个名称（区水务局、环保局）；各名称之间请用“、”隔开。")


def test_the_nearest_are_named_as_they_are_registered(directory: Directory) -> None:
    _, (failure,) = directory.resolve(series("HZ4"), CHIEF)
    assert "相近的有：HZ1、HZ2、HZ3；" in failure.message


def test_the_nearest_are_named_once_each(directory: Directory) -> None:
    _, (failure,) = directory.resolve(series("水务"), UNIT)
    near = failure.message.split("相近的有：")[1].split("；")[0].split("、")
    assert len({"区水务局", "水务局"} & set(near)) == 1


def test_one_name_of_two_chiefs_asks_for_the_code(directory: Directory) -> None:
    keys, (failure,) = directory.resolve(series("张三", "李四", "HZ2"), CHIEF)
    assert keys.fillna("").tolist() == ["", "HZ3", "HZ2"]
    assert failure.rule == "名称不唯一"
    assert failure.message == "「河长」写的是“张三”，在河长名录中不止一个（HZ1、HZ2）；请改写编码。"


def test_nothing_imported_yet_says_so() -> None:
    _, (failure,) = Directory().resolve(series("桥梓镇"), TOWN)
    assert "镇乡街道还没有导入，请先导入" in failure.message


def test_lists_are_resolved_one_by_one(directory: Directory) -> None:
    values = pd.Series([["水务局", "区环保局"], None, ["区水务局", "公安局"]], index=[2, 3, 4], dtype=object)
    keys, (failure,) = directory.resolve(values, PARTNERS)
    assert keys[2] == ["区水务局", "区环保局"]
    assert keys[3] is None
    assert (failure.row, failure.value) == (4, "公安局")


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("水务局", "区水务局"),
        ("桥梓镇", "桥梓镇政府"),
        ("桥梓镇人民政府", "桥梓镇政府"),
        ("桥梓", "桥梓镇政府"),
        ("110116105", "桥梓镇政府"),
        ("泉河街道", "泉河街道办事处"),
        ("泉河办事处", "泉河街道办事处"),
        ("泉河街道办", "泉河街道办事处"),
    ],
)
def test_units_have_one_name(directory: Directory, written: str, unit: str) -> None:
    keys, failures = directory.resolve(series(written), UNIT)
    assert failures == []
    assert keys.tolist() == [unit]


def test_an_unknown_unit_is_refused(directory: Directory) -> None:
    _, (failure,) = directory.resolve(series("区体育局"), UNIT)
    assert failure.rule == "名称未登记"
    assert "部门和镇乡街道中没有登记" in failure.message


def test_rows_of_the_same_import_are_known_at_once(directory: Directory) -> None:
    directory.add(BY_NAME["towns"], pd.DataFrame({"code": ["110116105"], "name": ["桥梓乡"]}))
    keys, failures = directory.resolve(series("桥梓乡", "桥梓", "桥梓镇"), TOWN)
    assert keys.fillna("").tolist() == ["110116105", "110116105", ""]
    assert [failure.value for failure in failures] == ["桥梓镇"]
