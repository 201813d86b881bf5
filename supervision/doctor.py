"""What an administrator checks first: versions, the warehouse's files, its lock and its place."""

import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import duckdb

from supervision.asking import newest_fact
from supervision.errors import SupervisionError
from supervision.settings import ROOT
from supervision.warehouse import Warehouse

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `text` says in Chinese what was found and, if not well, what to do."""

    well: bool
    text: str


def examine(warehouse: Warehouse) -> list[Finding]:
    """Look at the installation and the warehouse; never raises, every trouble is a finding."""
    return [_python(), *_packages(), *_snapshots(warehouse)]


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding(sys.version_info >= OLDEST_PYTHON, f"Python {found}（需要 3.11 及以上）")


def _packages() -> list[Finding]:
    findings = []
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        wanted, _, _ = line.partition("#")
        name, _, number = wanted.strip().partition("==")
        if not name:
            continue
        try:
            found = version(name)
        except PackageNotFoundError:
            findings.append(Finding(False, f"{name} 未安装；请运行 pip install -r requirements.txt"))
            continue
        if found != number:
            findings.append(Finding(False, f"{name} 是 {found}，应为 {number}；请运行 pip install -r requirements.txt"))
    return findings or [Finding(True, "依赖包与 requirements.txt 一致")]


def _snapshots(warehouse: Warehouse) -> list[Finding]:
    place = f"数据仓库 {warehouse.folder}"
    try:
        current = warehouse.current()
        if current is None:
            return [Finding(True, f"{place}：还是空的，可导入工作簿或运行 demo")]
        damaged = [info.id for info in warehouse.snapshots() if not warehouse.is_whole(info.id)]
        newest = newest_fact(current)
    except (SupervisionError, OSError, duckdb.Error) as error:
        return [Finding(False, f"{place}：{error}")]
    reaches = f"数据截至 {newest}" if newest else "只有名录，还没有巡河、整改或执法记录"
    findings = [Finding(True, f"{place}：当前第 {current.info.batch} 批，{reaches}")]
    if damaged:
        findings.append(Finding(False, f"第 {'、'.join(damaged)} 批的文件与登记的校验值不符，请勿退回到这些批次"))
    return findings
