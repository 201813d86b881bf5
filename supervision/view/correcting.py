"""How a sheet was read, and the way to correct it: which table it is, and what each of its columns is."""

from collections.abc import Sequence

import streamlit as st

from supervision.errors import SupervisionError
from supervision.intake.choices import Choice
from supervision.intake.memory import forget, remember
from supervision.reports import Reading, SheetReport
from supervision.tables import BY_NAME
from supervision.view import html, shell

NOT_IMPORTED = ""
WIDE = 4
"""How many headings stand beside one another."""

LONGEST_EXAMPLE = 16


def form(sheets: Sequence[SheetReport], by: str) -> bool:
    """Let the clerk say what a sheet and its columns are; True when he did, so that the files are checked again."""
    readable = [sheet for sheet in sheets if sheet.reading and any(sheet.reading.headings)]
    if not readable:
        return False
    doubtful = [number for number, sheet in enumerate(readable) if sheet.table is None and sheet.problems]
    with st.expander("识别得不对？在这里指定是哪张表、每一列是什么", expanded=bool(doubtful)):
        picked = st.selectbox(
            "工作表",
            range(len(readable)),
            index=doubtful[0] if doubtful else 0,
            format_func=lambda number: f"{readable[number].file}　{readable[number].sheet}",
            filter_mode=None,
        )
        sheet = readable[picked]
        assert sheet.reading is not None
        table = _table(sheet, sheet.reading)
        if table is None:
            return False
        columns = _columns(sheet, sheet.reading, table)
        return _settle(sheet.reading, table, columns, by)


def _table(sheet: SheetReport, reading: Reading) -> str | None:
    fitting = [*([sheet.table] if sheet.table else []), *reading.candidates]
    return st.selectbox(
        "这是哪张表",
        list(dict.fromkeys([*fitting, *BY_NAME])),
        index=0 if fitting else None,
        placeholder="选一张表",
        key=f"table_{reading.signature}",
        format_func=lambda name: BY_NAME[name].title,
        filter_mode=None,
    )


def _columns(sheet: SheetReport, reading: Reading, table: str) -> list[tuple[int, str]]:
    """What the clerk says of each heading: its position and the column's name, or NOT_IMPORTED."""
    declared = {column.name: column for column in BY_NAME[table].columns}
    taken = {place: name for name, place in reading.columns.items()} if table == sheet.table else {}
    options = [NOT_IMPORTED, *declared]
    said = []
    grid = st.columns(WIDE)
    headed = [(place, heading) for place, heading in enumerate(reading.headings) if heading]
    for number, (place, heading) in enumerate(headed):
        example = next((row[place] for row in reading.sample if place < len(row) and row[place]), "")
        with grid[number % WIDE]:
            name = st.selectbox(
                html.as_written(f"{heading}　如 {example[:LONGEST_EXAMPLE]}" if example else heading),
                options,
                index=options.index(taken.get(place, NOT_IMPORTED)),
                key=f"column_{reading.signature}_{table}_{place}",
                format_func=lambda name: (
                    declared[name].heading + "*" * declared[name].required if name else "（不导入）"
                ),
                filter_mode=None,
            )
        said.append((place, name))
    return said


def _settle(reading: Reading, table: str, said: Sequence[tuple[int, str]], by: str) -> bool:
    """The two buttons: keep what was said for all files with these headings, or leave it to recognition again."""
    names = [name for _, name in said if name]
    twice = next((name for name in names if names.count(name) > 1), None)
    folder = shell.warehouse().folder
    try:
        with st.container(horizontal=True, vertical_alignment="center", key="settle"):
            if shell.pressed("记住并重新检查", "settle", disabled=not by or not names or twice is not None):
                remember(folder, reading.signature, Choice(table, {name: place for place, name in said if name}), by=by)
                return True
            if reading.by_choice and shell.pressed("恢复自动识别", "forget"):
                forget(folder, reading.signature)
                return True
            html.show("sentence", text=_advice(table, twice, by), wrong=twice is not None)
    except SupervisionError as error:
        html.show("sentence", text=str(error), wrong=True)
    return False


def _advice(table: str, twice: str | None, by: str) -> str:
    if twice is not None:
        return f"“{BY_NAME[table].column(twice).heading}”只能对应一列，请改其中一个。"
    if not by:
        return "先写导入人；指定的识别方式会记住，以后同样表头的文件都照此办理。"
    return "以后同样表头的文件都照此办理，随时可以改回。"
