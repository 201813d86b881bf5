"""What a Word document says, read back from its file, and what LibreOffice prints of it."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

MARGINS = {"left": 28, "right": 26, "top": 37, "bottom": 35}
POINTS = 72 / 25.4
needs_office = pytest.mark.skipif(
    (shutil.which("soffice") is None or shutil.which("pdftotext") is None) and "CI" not in os.environ,
    reason="needs LibreOffice and poppler: apt-get install libreoffice-writer-nogui poppler-utils fonts-noto-cjk",
)

Grid = list[list[str]]


def texts(content: bytes) -> list[str]:
    """The paragraphs outside tables, the empty ones left out."""
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs if paragraph.text]


def tables(content: bytes) -> list[Grid]:
    """The tables, row by row, with their heads."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(BytesIO(content)).tables]


def running(content: bytes) -> str:
    """What stands at the head of every page."""
    return Document(BytesIO(content)).sections[0].header.paragraphs[0].text


def printed(folder: Path, *contents: bytes) -> list[Path]:
    """The documents as LibreOffice makes PDFs of them, in one run, in a profile of their own."""
    names = [folder / f"{place}.docx" for place in range(len(contents))]
    for name, content in zip(names, contents, strict=True):
        name.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *map(str, names)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [name.with_suffix(".pdf") for name in names]


def pages(pdf: Path) -> list[str]:
    """The text of each page."""
    found = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    return found.stdout.decode().split("\f")[:-1]


def words_outside(pdf: Path) -> Sequence[str]:
    """The words that lie outside the margins, the running head and the number of the page left out.

    A closing mark may hang over the right margin by one character of the text, as Chinese typesetting lets it.
    """
    found = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    outside = []
    for body in re.split(r"<page ", found)[1:]:
        width, height = (float(each) for each in re.findall(r'(?:width|height)="([\d.]+)"', body)[:2])
        for box in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', body):
            left, top, right, bottom = map(float, box[:4])
            if bottom < MARGINS["top"] * POINTS or top > height - MARGINS["bottom"] * POINTS:
                continue
            hang = 16 if box[4][-1] in "，。、；：）" else 1
            if left < MARGINS["left"] * POINTS - 1 or right > width - MARGINS["right"] * POINTS + hang:
                outside.append(box[4])
    return outside


def fonts(pdf: Path) -> str:
    """The fonts of a PDF as pdffonts lists them."""
    return subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True).stdout.decode()
