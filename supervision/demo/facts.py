"""What the demonstration district is made from: the lists and the planted stories in data/demo."""

import tomllib
from datetime import date, timedelta
from functools import cache
from typing import Any, cast

import numpy as np
import pandas as pd

from supervision.settings import DATA

FOLDER = DATA / "demo"
SEED = 20171029
FIRST, LAST = date(2017, 7, 1), date(2017, 10, 29)
"""The span of the facts: to the last Sunday before the city's inspection of 1 to 10 November 2017."""

Row = dict[str, Any]

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国海林志文春雨晨阳佳慧欣然浩宇博雅"


@cache
def facts(name: str) -> pd.DataFrame:
    """A list of data/demo as a frame; cells that hold several values stay as written."""
    return pd.read_csv(FOLDER / f"{name}.csv", keep_default_na=False)


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as dicts."""
    return cast(list[Row], frame.to_dict("records"))


@cache
def stories() -> dict[str, Any]:
    """The planted stories, as data/demo/stories.toml lists them."""
    return tomllib.loads((FOLDER / "stories.toml").read_text(encoding="utf-8"))


def random(part: str, seed: int) -> np.random.Generator:
    """The random numbers of one part of the district, so that a change in one part leaves the others as they are."""
    return np.random.default_rng([seed, *part.encode()])


def people(count: int, rng: np.random.Generator) -> list[str]:
    """Invented names, all different."""
    names: dict[str, None] = {}
    while len(names) < count:
        surname, *given = SURNAMES[rng.integers(len(SURNAMES))], *rng.choice(list(GIVEN), rng.integers(1, 3))
        names[surname + "".join(given)] = None
    return list(names)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks() -> list[date]:
    """The Mondays of all weeks that the span touches."""
    count = (LAST - monday(FIRST)).days // 7 + 1
    return [monday(FIRST) + timedelta(weeks=number) for number in range(count)]
