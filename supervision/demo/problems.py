"""The invented problem ledgers (整改台账): found, due, done and closed so that each town has its own character."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd

from supervision.demo.facts import FIRST, LAST, Row, facts, people, random, records, stories, weeks
from supervision.demo.people_and_places import Places

FOUND_A_WEEK, FOUND_A_WEEK_AND_SECTION = 7, 0.36
TERMS_DAYS = (7, 10, 14, 21, 30)
AT_ONCE_DAYS = 3
"""立行立改 without a date is due this many days after the finding (data/policy.csv)."""

SOURCES, SOURCE_SHARES = ("河长巡查", "督查检查", "群众举报", "市级督察", "媒体曝光"), (0.62, 0.24, 0.11, 0.02, 0.01)
SLOW_UNTIL, SLOW_SHARE = date(2017, 9, 20), 0.3
"""Until then some of the late problems took up to three weeks; then the towns began to hurry."""

EASED_BY_SHARE = 0.06
"""So much higher was the on-time share in July than in October, when the deadlines pile up."""

FOUND_AGAIN_DAYS, FOUND_AGAIN_SHARE = 30, 0.05
"""Of the problems that chance puts where one of their category was closed in the last 30 days, so many stay there."""

NO_DEADLINE = {"宝山镇": 2, "桥梓镇": 2, "长哨营满族乡": 1}
LONG_TERM = {"怀柔镇": 2, "雁栖镇": 2, "汤河口镇": 1, "渤海镇": 1}
INSPECTION_TOURS = {7: "第一轮督查", 8: "第二轮督查", 9: "第三轮督查", 10: "第四轮督查"}


def problems(places: Places, seed: int) -> pd.DataFrame:
    """One row per problem, with the columns of the ledger that the demonstration fills."""
    rng = random("problems", seed)
    rows: list[Row] = []
    for town in records(facts("towns")):
        ordinary = [row for week in weeks() for row in _found_in(week, town, rng)]
        _judge(ordinary, town, rng)
        rows += ordinary
        rows += _stuck(town["name"], rng)
    rows += [*_watched(), *_unseen(places), *_old_debts(rng), _rebound(places), _handed_over(places)]
    rows = [row for row in rows if FIRST <= row["found_on"] <= LAST]
    rows.sort(key=lambda row: (row["found_on"], row["town"]))
    frame = _described(pd.DataFrame(rows), places, rng, random("found again", seed))
    frame.insert(0, "code", [f"WT2017-{number:04}" for number in range(1, len(frame) + 1)])
    return _with_gaps(frame, random("gaps", seed))


def _with_gaps(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One town's ledger leaves out who answers for a problem, and what is done about it."""
    story = stories()["unclear_ledger"]
    for column, share in (("person", story["no_person"]), ("measures", story["no_measures"])):
        left_out = (frame["town"] == story["town"]) & (rng.random(len(frame)) < share)
        frame[column] = frame[column].mask(left_out, "")
    return frame


def _found_in(week: date, town: Row, rng: np.random.Generator) -> Iterator[Row]:
    """The problems found in one week of a town: so many put right at once (立行立改), the others by a deadline."""
    count = round((FOUND_A_WEEK + FOUND_A_WEEK_AND_SECTION * town["sections"]) * rng.uniform(0.92, 1.08))
    at_once = round(count * town["closed"])
    for number in range(count):
        if number < at_once:
            found = week + timedelta(days=int(rng.integers(0, 4)))
            yield {
                "town": town["name"],
                "found_on": found,
                "deadline": "立行立改",
                "method": "立行立改",
                "due_on": found + timedelta(days=AT_ONCE_DAYS),
            }
        else:
            found = week + timedelta(days=int(rng.integers(0, 7)))
            due = _working_day(found + timedelta(days=int(rng.choice(TERMS_DAYS))))
            yield {
                "town": town["name"],
                "found_on": found,
                "deadline": due.isoformat(),
                "method": "限期整改",
                "due_on": due,
            }


def _working_day(day: date) -> date:
    """Deadlines are set from Monday to Thursday."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 3 else day


def _judge(rows: list[Row], town: Row, rng: np.random.Generator) -> None:
    """Say of each problem when it was done and closed: on time, or late as often as the town is."""
    rows.sort(key=lambda row: row["due_on"])
    owed = 0.0
    for row in rows:
        elapsed = (row["due_on"] - FIRST).days / (LAST - FIRST).days
        owed += (1 - town["on_time"]) - EASED_BY_SHARE * (1 - min(1, elapsed))
        late = owed >= 1
        owed -= late
        (_late if late else _on_time)(row, rng)


def _on_time(row: Row, rng: np.random.Generator) -> None:
    week_ends = row["found_on"] + timedelta(days=6 - row["found_on"].weekday())
    if row["method"] == "立行立改":
        row["done_on"] = row["found_on"] + timedelta(days=int(rng.integers(0, AT_ONCE_DAYS + 1)))
        row["closed_on"] = min(week_ends, row["done_on"] + timedelta(days=int(rng.integers(0, 2))))
    else:
        row["done_on"] = max(week_ends + timedelta(days=1), row["due_on"] - timedelta(days=int(rng.integers(0, 4))))
        row["closed_on"] = row["done_on"] + timedelta(days=int(rng.integers(1, 5)))


def _late(row: Row, rng: np.random.Generator) -> None:
    """A late problem is done one or two days after its deadline, in the first months now and then weeks later.

    Deadlines lie early in the week, so that little is late over a Sunday but what has been late for long.
    """
    if row["method"] == "立行立改":
        row["found_on"] -= timedelta(days=max(0, row["found_on"].weekday() - 1))
        row["due_on"] = row["found_on"] + timedelta(days=AT_ONCE_DAYS)
        row["done_on"] = row["closed_on"] = row["due_on"] + timedelta(days=1)
    elif row["due_on"] < SLOW_UNTIL and rng.random() < SLOW_SHARE:
        row["done_on"] = row["due_on"] + timedelta(days=int(rng.integers(5, 22)))
        row["closed_on"] = row["done_on"] + timedelta(days=2)
    else:
        row["done_on"] = row["due_on"] + timedelta(days=int(rng.integers(1, 3)))
        row["closed_on"] = row["done_on"] + timedelta(days=int(rng.integers(1, 4)))


def _stuck(town: str, rng: np.random.Generator) -> Iterator[Row]:
    """What is still not done on the last day: overdue for so many days as planted, without a deadline, or for ever."""
    for days in stories()["overdue_days"].get(town, []):
        due = LAST - timedelta(days=days)
        found = max(FIRST, due - timedelta(days=int(rng.choice(TERMS_DAYS))))
        yield {"town": town, "found_on": found, "deadline": due.isoformat(), "method": "限期整改", "due_on": due}
    for method, counts in (("限期整改", NO_DEADLINE), ("长期坚持", LONG_TERM)):
        for _ in range(counts.get(town, 0)):
            found = FIRST + timedelta(days=int(rng.integers(10, 110)))
            deadline = "" if method == "限期整改" else method
            yield {"town": town, "found_on": found, "deadline": deadline, "method": method}


def _watched() -> Iterator[Row]:
    """The points that the city has listed (市级挂账点), due the day before its inspection."""
    for town, dates in stories()["city_listed"].items():
        for closed in dates:
            yield {
                "town": town,
                "found_on": date(2017, 7, 10),
                "source": "市级挂账",
                "city_listed": "是",
                "category": "污水直排",
                "deadline": "2017-10-31",
                "method": "限期整改",
                "due_on": date(2017, 10, 31),
                "done_on": date.fromisoformat(closed) - timedelta(days=3) if closed else None,
                "closed_on": date.fromisoformat(closed) if closed else None,
            }


def unseen_section(places: Places) -> str:
    """The section whose chief sees nothing: the first of its town on that river."""
    story, sections = stories()["sees_nothing"], places.sections
    there = (sections["town"] == story["town"]) & (sections["river"] == story["river"])
    return str(sections.loc[there, "code"].iloc[0])


def _unseen(places: Places) -> Iterator[Row]:
    story = stories()["sees_nothing"]
    for found in story["found_on"]:
        yield {
            "town": story["town"],
            "section": unseen_section(places),
            "found_on": found,
            "source": "督查检查",
            "category": "垃圾倾倒",
            "deadline": "立行立改",
            "method": "立行立改",
            "done_on": found + timedelta(days=2),
            "closed_on": found + timedelta(days=3),
        }


def _old_debts(rng: np.random.Generator) -> Iterator[Row]:
    """What the town that climbed had left undone and then cleared in one week."""
    story = stories()["climber"]
    for due, done in zip(story["old_debts_due"], story["cleared_on"], strict=True):
        yield {
            "town": story["town"],
            "found_on": due - timedelta(days=int(rng.choice(TERMS_DAYS))),
            "deadline": due.isoformat(),
            "method": "限期整改",
            "due_on": due,
            "done_on": done,
            "closed_on": done + timedelta(days=1),
        }


def _rebound(places: Places) -> Row:
    story, sections = stories()["rebound"], places.sections
    return {
        "town": story["town"],
        "section": sections.loc[sections["town"] == story["town"], "code"].iloc[0],
        "found_on": story["sealed_on"] - timedelta(days=14),
        "source": "督查检查",
        "category": "污水直排",
        "description": f"排污口 {story['outfall']} 封堵后复排",
        "deadline": "2017-08-31",
        "method": "限期整改",
        "done_on": story["cleared_on"],
        "closed_on": story["cleared_on"],
        "rebound_on": story["rebound_on"],
    }


def _handed_over(places: Places) -> Row:
    story = stories()["handed_over"]
    return {
        "town": story["town"],
        "found_on": story["found_on"],
        "source": "群众举报",
        "category": "垃圾倾倒",
        "department": story["units"][-1],
        "description": "河边垃圾堆放点异味扰民，几个部门都说不归自己管",
        "deadline": "2017-10-31",
        "method": "限期整改",
    }


def _described(
    frame: pd.DataFrame, places: Places, rng: np.random.Generator, again: np.random.Generator
) -> pd.DataFrame:
    """Fill in what no story fixes: section, source, category, department, person and the words."""
    count = len(frame)
    categories = facts("categories")
    chosen = rng.choice(len(categories), count, p=categories["weight"] / categories["weight"].sum())
    frame = _or_else(frame, "section", _anywhere(frame["town"], places, rng))
    frame = _or_else(frame, "source", rng.choice(SOURCES, count, p=SOURCE_SHARES))
    frame = _or_else(frame, "city_listed", np.full(count, "否"))
    frame = _or_else(frame, "category", categories["category"].to_numpy()[chosen])
    frame["section"] = _seldom_again(frame, places, again)
    texts = categories.set_index("category").loc[frame["category"]].reset_index(drop=True)
    government = frame["town"] + np.where(frame["town"].str.endswith("街道"), "办事处", "人民政府")
    villages = frame["section"].map(places.sections.set_index("code")["village"])
    frame = _or_else(frame, "department", np.where(texts["department"] == "", government, texts["department"]))
    frame = _or_else(frame, "description", (villages + texts["description"]).to_numpy())
    frame["measures"] = texts["measures"]
    frame["severity"] = rng.choice(["一般", "较重", "严重"], count, p=[0.8, 0.16, 0.04])
    frame["person"] = rng.choice(people(120, rng), count)
    tours = frame["found_on"].map(lambda day: INSPECTION_TOURS[day.month])
    frame["inspection"] = tours.where(frame["source"] == "督查检查", "")
    return _as_at_the_end(frame)


def _or_else(frame: pd.DataFrame, column: str, values: np.ndarray) -> pd.DataFrame:
    """The frame with the column's gaps filled."""
    if column not in frame:
        return frame.assign(**{column: values})
    return frame.assign(**{column: frame[column].where(frame[column].notna(), pd.Series(values, index=frame.index))})


def _anywhere(towns: pd.Series, places: Places, rng: np.random.Generator) -> np.ndarray:
    """A section of each problem's town, never the one whose chief sees nothing."""
    candidates = places.sections[places.sections["code"] != unseen_section(places)]
    by_town = candidates.groupby("town")["code"].agg(list)
    return np.array([rng.choice(by_town[town]) for town in towns], dtype=object)


def _seldom_again(frame: pd.DataFrame, places: Places, rng: np.random.Generator) -> list[str]:
    """The sections, most of those changed where a problem of the category was closed shortly before (反弹)."""
    by_town, unseen = places.sections.groupby("town")["code"].agg(list), unseen_section(places)
    closings: dict[tuple[str, str], list[date]] = {}
    sections: list[str] = []

    def again(section: str, row: Row) -> bool:
        known = closings.get((section, row["category"]), [])
        return any(0 <= (row["found_on"] - closed).days <= FOUND_AGAIN_DAYS for closed in known)

    for row in records(frame):
        section = row["section"]
        if section != unseen and again(section, row) and rng.random() >= FOUND_AGAIN_SHARE:
            free = [code for code in by_town[row["town"]] if code != unseen and not again(code, row)]
            section = str(rng.choice(free)) if free else section
        sections.append(section)
        if isinstance(row["closed_on"], date) and not pd.isna(row["closed_on"]):
            closings.setdefault((section, row["category"]), []).append(row["closed_on"])
    return sections


def _as_at_the_end(frame: pd.DataFrame) -> pd.DataFrame:
    """The ledger as it stands on the last day: nothing is done or closed later than that."""
    for column in ("done_on", "closed_on"):
        frame[column] = frame[column].where(pd.to_datetime(frame[column]) <= pd.Timestamp(LAST), None)
    done, closed = frame["done_on"].notna(), frame["closed_on"].notna()
    frame["state"] = np.select([closed, done], ["已销号", "待销号"], "整改中")
    frame["deadline"] = frame["deadline"].fillna("")
    return frame.drop(columns="due_on")
