"""Periods (统计期): two days, both inclusive, and the period before."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["week", "month", "quarter", "year", "free"]
KIND_NAMES: dict[Kind, str] = {"week": "周", "month": "月", "quarter": "季", "year": "年", "free": "自选"}


@dataclass(frozen=True)
class Period:
    """The days from `start` to `end`, both inclusive; `kind` says what the previous one is."""

    kind: Kind
    start: date
    end: date

    @classmethod
    def around(cls, day: date, kind: Kind) -> "Period":
        """The week (Monday to Sunday), month, quarter or year that holds `day`."""
        if kind == "week":
            start = day - timedelta(days=day.weekday())
            return cls(kind, start, start + timedelta(days=6))
        if kind == "month":
            return cls(kind, day.replace(day=1), _month_end(day.year, day.month))
        if kind == "quarter":
            first = 3 * ((day.month - 1) // 3) + 1
            return cls(kind, date(day.year, first, 1), _month_end(day.year, first + 2))
        if kind == "year":
            return cls(kind, date(day.year, 1, 1), date(day.year, 12, 31))
        raise ValueError("a free period has no day around which it lies")

    @classmethod
    def between(cls, start: date, end: date) -> "Period":
        """The period from `start` to `end`: a week, month, quarter or year if it is just one, else free."""
        kinds: tuple[Kind, ...] = ("week", "month", "quarter", "year")
        for kind in kinds:
            if (period := cls.around(start, kind)) == cls(kind, start, end):
                return period
        return cls("free", start, end)

    @classmethod
    def newest_full(cls, newest: date, kind: Kind = "week") -> "Period":
        """The last period of that kind that is over at the end of `newest`."""
        period = cls.around(newest, kind)
        return period if period.end <= newest else period.previous

    @property
    def days(self) -> int:
        """How many days the period holds."""
        return (self.end - self.start).days + 1

    @property
    def previous(self) -> "Period":
        """The period of the same kind (for a free one: of the same length) that ends the day before."""
        if self.kind == "free":
            return Period("free", self.start - timedelta(days=self.days), self.start - timedelta(days=1))
        return Period.around(self.start - timedelta(days=1), self.kind)

    def comparable(self, newest: date) -> "Period":
        """What this period is compared with: the previous one, or while this one runs as many days of it."""
        before = self.previous
        if newest >= self.end:
            return before
        return Period("free", before.start, min(before.end, before.start + (max(newest, self.start) - self.start)))

    def name_of_comparable(self, newest: date) -> str:
        """What that is called: 上月, or 上月同期 while this one runs."""
        return self.name_of_previous + ("同期" if newest < self.end else "")

    @property
    def following(self) -> "Period":
        """The period of the same kind (for a free one: of the same length) that starts the day after."""
        if self.kind == "free":
            return Period("free", self.end + timedelta(days=1), self.end + timedelta(days=self.days))
        return Period.around(self.end + timedelta(days=1), self.kind)

    @property
    def last_year(self) -> "Period":
        """The same days a year before; a week is compared with the week 52 weeks before."""
        if self.kind == "week":
            return Period("week", self.start - timedelta(weeks=52), self.end - timedelta(weeks=52))
        if self.kind == "free":
            return Period("free", _year_before(self.start), _year_before(self.end))
        return Period.around(_year_before(self.start), self.kind)

    @property
    def label(self) -> str:
        """The period as a reader names it, such as 10月23日 — 10月29日　第43周."""
        return self.called()

    def called(self, *, year: bool = False, week: bool = True) -> str:
        """The label, with its `year` where nothing else says which, and without the number of the `week` on request."""
        if self.kind == "month":
            return f"{self.start.year}年{self.start.month}月"
        if self.kind == "quarter":
            return f"{self.start.year}年第{(self.start.month + 2) // 3}季度"
        if self.kind == "year":
            return f"{self.start.year}年"
        first = f"{self.start.year}年" if year or self.start.year != self.end.year else ""
        days = f"{first}{day_name(self.start)} — {day_name(self.end)}"
        return f"{days}　第{self.start.isocalendar().week}周" if self.kind == "week" and week else days

    @property
    def formal(self) -> str:
        """The period as the title of a document names it: 2017年10月, 2017年第43周（10月23日—29日）."""
        if self.kind == "week":
            year, week, _ = self.start.isocalendar()
            first = f"{self.start.year}年" if self.start.year != year else ""
            return f"{year}年第{week}周（{first}{_span(self.start, self.end, '—')}）"
        return f"{self.start.year}年{_span(self.start, self.end, '至')}" if self.kind == "free" else self.label

    @property
    def name_of_previous(self) -> str:
        """What the previous period is called in a comparison."""
        return {"week": "上周", "month": "上月", "quarter": "上季", "year": "上年", "free": "上期"}[self.kind]

    @property
    def name(self) -> str:
        """What this period is called in a sentence."""
        return {"week": "本周", "month": "本月", "quarter": "本季", "year": "本年", "free": "本期"}[self.kind]


def day_name(day: date) -> str:
    """A day as 10月23日; the year is left to the context."""
    return f"{day.month}月{day.day}日"


def _span(start: date, end: date, dash: str) -> str:
    """Two days with no more of the later one than differs: 10月23日—29日, 10月30日—11月5日."""
    if start.year != end.year:
        return f"{day_name(start)}{dash}{end.year}年{day_name(end)}"
    return f"{day_name(start)}{dash}{day_name(end) if start.month != end.month else f'{end.day}日'}"


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _year_before(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))
