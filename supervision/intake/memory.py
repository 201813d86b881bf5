"""What people settled about sheets of one kind, kept beside the snapshots so that no way back loses it.

`choices.json` in the warehouse folder holds, by signature of the headings, which table such a sheet is
and which column means what, by whom and when.
"""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from supervision.errors import MemoryUnreadable, WarehouseBusy
from supervision.intake.choices import Choice

WAIT_SECONDS = 5


def remembered(folder: Path) -> dict[str, Choice]:
    """The choices by the signature of the headings that they are for; MemoryUnreadable if the file is damaged."""
    return {signature: Choice.from_dict(record) for signature, record in _read(folder).items()}


def remember(folder: Path, signature: str, choice: Choice, *, by: str) -> None:
    """Keep a choice in the place of any earlier one for the same headings."""
    made_at = datetime.now().isoformat(timespec="seconds")
    _change(folder, lambda records: records.update({signature: choice.as_dict() | {"by": by, "made_at": made_at}}))


def forget(folder: Path, signature: str) -> None:
    """Leave such sheets to recognition again."""
    _change(folder, lambda records: records.pop(signature, None))


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / "choices.json"
    try:
        records: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        for record in records.values():
            Choice.from_dict(record)
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MemoryUnreadable(
            f"记住识别方式的文件“{path}”读不懂，多半是被改坏了；请从备份恢复，或删除它，以后重新指定。"
        ) from error
    return records


def _change(folder: Path, change: Callable[[dict[str, dict[str, Any]]], object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "choices.lock", timeout=WAIT_SECONDS):
            records = _read(folder)
            change(records)
            fresh = folder / "choices.json.new"
            fresh.write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(fresh, folder / "choices.json")
    except Timeout as error:
        raise WarehouseBusy("别人正在指定识别方式，请稍后再试。") from error
