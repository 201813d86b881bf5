"""README and ARCHITECTURE stay true: what they name exists."""

import re
from pathlib import Path

import pytest

from supervision.catalogue import questions
from supervision.cli import main
from supervision.settings import ROOT

DOCUMENTS = ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CHANGELOG.md", "data/demo/README.md"]
PAGES = (
    *("总览", "镇乡排名", "逾期整改", "部门执法", "巡河履职", "河长考核", "挂账与任务", "周例会"),
    *("数据导入", "数据质量", "口径与办法", "数据来历", "镇乡档案"),
)


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_and_picture_is_there(document: str) -> None:
    for target in re.findall(r"\]\((?!http)([^)]+)\)", text_of(document)):
        assert ((ROOT / document).parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.M))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", text_of(document), re.M)) <= targets


def test_the_readme_names_every_command_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    real = set(re.findall(r"^    ([a-z]+)\b", capsys.readouterr().out, re.M))
    table = text_of("README.md").split("| command | what it does |")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z]+)(?= |`)", table)) == real
    assert set(re.findall(r"-m supervision ([a-z]+)", text_of("README.md"))) <= real


def test_the_readme_names_queries_that_exist() -> None:
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", text_of("README.md").split("## Your own district")[0]))
    assert named
    assert named <= set(questions())


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_its_picture_and_place(page: str) -> None:
    assert f"![{page}](" in text_of("README.md")
    assert page in text_of("supervision/view/shell.py")


def test_architecture_names_files_that_exist() -> None:
    for path in re.findall(r"`((?:supervision|queries|data|tests|pages)/[\w./]+)`", text_of("ARCHITECTURE.md")):
        assert (ROOT / path).exists() or (ROOT / f"{path}.py").exists(), path


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in Path(ROOT / "docs").glob("*.png")}
    assert sizes
    assert max(sizes.values()) < 200_000
