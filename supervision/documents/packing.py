"""The same content gives the same file: what a library stamps with the clock of this machine is set to a given day."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def dated(package: bytes, on: date) -> bytes:
    """An Office file with every part of its archive dated `on`."""
    packed = BytesIO()
    with ZipFile(BytesIO(package)) as found, ZipFile(packed, "w", ZIP_DEFLATED) as made:
        for name in found.namelist():
            part = ZipInfo(name, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            made.writestr(part, found.read(name))
    return packed.getvalue()
