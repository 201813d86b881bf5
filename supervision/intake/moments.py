"""Days and times as people write them."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta

SERIAL_ORIGIN, SERIAL_ORIGIN_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
"""Day 0 of Excel's two date systems; in the one of 1900 for every serial after its false 1900-02-29."""

FIRST, LAST = datetime(1990, 1, 1), datetime(2101, 1, 1)
"""A day before the first or from the last on is a slip of the pen or a number that is no date."""

_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?")
_DAY = r"(?P<year>\d{4})(?P<mark>[-/.年])(?P<month>\d{1,2})(?:(?!年)(?P=mark)|月)(?P<day>\d{1,2})[日号]?"
_YEARLESS = r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"
_TIME = (
    r"(?P<half>上午|中午|下午|晚上)?(?P<hour>\d{1,2})(?:[:时点](?P<minute>\d{1,2})?分?)"
    r"(?::?(?P<second>\d{1,2})(?:\.\d+)?秒?)?"
)
_HOURS = {"上午": range(13), "中午": range(11, 15), "下午": range(12, 19), "晚上": range(17, 24)}
"""Which hours of the day a half of it names; 12 more is meant where only that is among them."""

_MOMENT = re.compile(rf"{_DAY}[ T]?(?:{_TIME})?")
_MOMENT_YEARLESS = re.compile(rf"{_YEARLESS} ?(?:{_TIME})?")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_BEFORE = re.compile(r"(?:之前|以前|前)$")
_MONTH_END = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:底|末)")
_MONTH = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})|年(?P<chinese>\d{1,2})月)")


def read_moment(value: object, year: int | None = None, *, since_1904: bool = False) -> datetime | None:
    """The day and time that a cell means, or None if it is no date.

    Takes real dates, Excel serials (of the 1900 system, or with `since_1904` of that), YYYYMMDD, and
    2017-10-23, 2017/10/23, 2017.10.23, 2017年10月23日 with or without a time. 10月23日 needs `year`, the
    year from the file's own context. What lies outside 1990–2100 is no date.
    """
    found = _moment(value, year, SERIAL_ORIGIN_1904 if since_1904 else SERIAL_ORIGIN)
    return found if found is not None and FIRST <= found < LAST else None


def read_month(value: object, *, since_1904: bool = False) -> datetime | None:
    """The first day of the month that a cell means (2017-09, 2017年9月, 201709, or any day in it)."""
    text = plain(value)
    day = read_moment(value, since_1904=since_1904)
    if re.fullmatch(r"\d{6}", text):
        day = read_moment(f"{text}01")
    elif isinstance(value, str) and (found := _MONTH.fullmatch(text)):
        day = read_moment(f"{found['year']}-{found['month'] or found['chinese']}-1")
    return day and day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def last_day_named(text: str, year: int | None) -> date | None:
    """The last day on which something may be done that is due 10月31日前, 2017年9月底 or 9月底前; None for other words.

    The day named is still in time, as 公文 use 前 for a deadline. `year` is the year of the file's own context.
    """
    words = plain(text)
    bare = _BEFORE.sub("", words)
    if found := _MONTH_END.fullmatch(bare):
        named = found["year"] or year
        first = read_moment(f"{named}-{found['month']}-1") if named else None
        return first and date(first.year, first.month, monthrange(first.year, first.month)[1])
    if bare == words:
        return None
    day = read_moment(bare, year)
    return day and day.date()


def lacks_year(value: object) -> bool:
    """Whether a cell names a month and a day but no year."""
    words = _BEFORE.sub("", plain(value))
    month_end = _MONTH_END.fullmatch(words)
    return _MOMENT_YEARLESS.fullmatch(words) is not None or (month_end is not None and not month_end["year"])


def lacks_century(value: object) -> bool:
    """Whether a text names a day by a year of two figures, as in 17-10-23 or 17年10月23日."""
    return isinstance(value, str) and _MOMENT.fullmatch(f"20{plain(value)}") is not None


def names_a_day(value: object) -> bool:
    """Whether a cell is written as a day with year, month and day, though there may be no such day."""
    return isinstance(value, str) and _MOMENT.fullmatch(plain(value)) is not None


def plain(value: object) -> str:
    """The text of a cell with half-width digits and signs, without a weekday or needless space."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = unicodedata.normalize("NFKC", str(value)).strip()
    return re.sub(r"\s*([年月日时点分])\s*", r"\1", re.sub(r"\s+", " ", _WEEKDAY.sub(" ", text))).strip()


def _moment(value: object, year: int | None, day_zero: datetime) -> datetime | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, datetime):
        # Excel keeps a time as a fraction of a day, which comes back a little off the second.
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    text = plain(value)
    if found := _COMPACT.fullmatch(text):
        return _built(found, int(found["year"]))
    if isinstance(value, int | float) or re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _from_serial(float(text), day_zero)
    if found := _MOMENT.fullmatch(text):
        return _built(found, int(found["year"]))
    if year is not None and (found := _MOMENT_YEARLESS.fullmatch(text)):
        return _built(found, year)
    return None


def _from_serial(serial: float, day_zero: datetime) -> datetime | None:
    if not 0 < serial < 100_000:
        return None
    return day_zero + timedelta(seconds=round(serial * 86_400))


def _built(found: re.Match[str], year: int) -> datetime | None:
    parts = found.groupdict()
    hour = _hour(int(parts.get("hour") or 0), parts.get("half"))
    if hour is None:
        return None
    try:
        return datetime(
            year,
            int(parts["month"]),
            int(parts["day"]),
            hour,
            int(parts.get("minute") or 0),
            int(parts.get("second") or 0),
        )
    except ValueError:
        return None


def _hour(hour: int, half: str | None) -> int | None:
    """The hour of the day, or None where the half of the day does not settle it, as in 晚上12点."""
    if half is None or hour in _HOURS[half]:
        return hour
    return hour + 12 if hour + 12 in _HOURS[half] else None
