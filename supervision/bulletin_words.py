"""What the bulletin (通报) says: its sentences and lists of units, by stated rules from the figures.

The order is that of the published bulletins of 乐清 (data/published): overall, the leaders and those under the line,
full marks and over the line, low reporters and handlers. Every function is total: a missing figure gives a shorter
sentence. A figure is held against its line as it is printed, with two decimals, so that no list contradicts itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from supervision.chief_words import DISTRICT
from supervision.formats import amount, fraction, number, plus, share_in_full, share_line
from supervision.metrics import BY_CODE
from supervision.periods import Period
from supervision.reasons import verdict
from supervision.wording import FEW, Row

Units = pd.DataFrame
"""A row a unit: town, average_score (分), excellent_share, failing_share, found_rate, closure_rate (shares), and of the
last two the counts …_num and …_den; what is missing is null."""
Lines = Mapping[str, float]
"""By line of 考核办法 (通报线) its value; a line that the policy does not have is not there."""

REPORTED, HANDLED = "found_rate", "closure_rate"
"""What the bulletin prints as 问题上报率 and 问题处理率."""
DECIMALS = 2
NOTHING = "考核办法没有规定通报线，不列名单。"
SCORES, AVERAGE = "河长得分情况", "河长平均得分"
"""What the scores of a unit's chiefs are called, so that nobody takes them for the town's own score (考核得分)."""


@dataclass(frozen=True)
class Named:
    """A unit and its figure as it is printed, empty where the heading says it."""

    unit: str
    figure: str = ""

    def __str__(self) -> str:
        return f"{self.unit}（{self.figure}）" if self.figure else self.unit


@dataclass(frozen=True)
class Listing:
    """The units that are named under a heading, from high to low."""

    heading: str
    units: tuple[Named, ...]

    @property
    def lead(self) -> str:
        """The heading as the paragraph begins with it; empty where nobody is named."""
        return f"{self.heading}：" if self.units else ""

    @property
    def text(self) -> str:
        """The units one after another, or that there are none."""
        return f"{'、'.join(map(str, self.units))}。" if self.units else f"没有{self.heading}。"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: `lead` is what it begins with in another type, the last of a document stays with the signature."""

    text: str
    lead: str = ""
    is_last: bool = False


def title(period: Period) -> str:
    """关于2017年10月河长制工作情况的通报; a period that is named by its days ends the first of two lines."""
    turn = "\n" if period.kind in ("week", "free") else ""
    return f"关于{period.formal}{turn}河长制工作情况的通报"


def units(bands: pd.DataFrame, metrics: pd.DataFrame, towns: pd.DataFrame) -> Units:
    """The figures that the lists are made of, of every town that takes part in the assessment, in the towns' order.

    From chief_bands_by_town, town_metrics and town_list: who stands apart (试考核, 暂停考核) is not named.
    """
    judged = towns[towns["status"] == "正常"].sort_values(["sort_order", "town_code"])
    scores = bands[bands["level"].isna()][["town", "average_score", "excellent_share", "failing_share"]]
    found = judged[["town_code", "town"]].merge(scores, on="town", how="left")
    for metric in (REPORTED, HANDLED):
        rows = metrics[metrics["metric"] == metric][["town_code", "value", "numerator", "denominator"]]
        names = {"value": metric, "numerator": f"{metric}_num", "denominator": f"{metric}_den"}
        found = found.merge(rows.rename(columns=names), on="town_code", how="left")
    return found


def lines(answer: pd.DataFrame) -> dict[str, float]:
    """The lines of a bulletin_lines by name."""
    return {str(line): float(value) for line, value in answer[["line", "value"]].to_numpy()}


def overall(bands: pd.DataFrame, metrics: pd.DataFrame, *, known: int) -> list[Paragraph]:
    """一、总体情况 of chiefs and problems: averages and rates of the whole district, each rate with its n.

    `known` is how many chiefs the roll (河长名录) holds, whether or not they serve.
    """
    whole = bands[bands["town"].isna() & bands["level"].isna()]
    chiefs = "没有在任河长，不评分。" if known else "河长名录还没有导入，不评分。"
    if len(whole) and whole["chiefs"].iloc[0]:
        chief = whole.iloc[0]
        serving = f"在任河长{number(chief['chiefs'])}名，参加评分{number(chief['scored'])}名"
        chiefs = (
            f"{serving}，平均得分{number(chief['average_score'], DECIMALS)}分，"
            f"优秀率{_with_n(chief['excellent_share'], chief['excellent'], chief['scored'])}，"
            f"不合格率{_with_n(chief['failing_share'], chief['failing'], chief['scored'])}。"
            if chief["scored"]
            else f"{serving}，没有到期的应巡。"
        )
    by_metric: dict[str, Row] = {row["metric"]: row for row in metrics.to_dict("records")}
    rates = [
        f"{name}{_with_n(row['value'], row['numerator'], row['denominator'])}"
        for metric, name in ((REPORTED, "问题上报率"), (HANDLED, "问题处理率"))
        if (row := by_metric.get(metric, {})).get("denominator")
    ]
    found = by_metric.get("problems_found", {}).get("value")
    problems = f"全区发现问题{number(found)}件，{'，'.join(rates)}。" if rates else "没有发现问题，不计上报率和处理率。"
    return [Paragraph(chiefs, "（一）河长履职。"), Paragraph(problems, "（二）问题上报和处理。")]


def ranked(ranking: pd.DataFrame, period: Period) -> Paragraph:
    """The towns' ranking in a paragraph: how many are ranked, the first three, the last three, who stands apart.

    `ranking` is a town_ranking, from the first on. All that tie for one of these places are named; who leads is not
    behind as well.
    """
    places = ranking[ranking["rank"].notna()]
    apart = [
        f"{town}{status if status != '正常' else '没有可考核的项目'}"
        for town, status in ranking.loc[ranking["rank"].isna(), ["town", "status"]].to_numpy()
    ]
    ending = f"{'、'.join(apart)}，不排名。" if apart else ""
    lead = "（三）镇乡街道排名。"
    if places.empty:
        return Paragraph(f"{period.name}没有可以排名的镇乡街道。{ending}", lead)
    text = f"按镇乡街道考核得分排名，参加排名的{len(places)}个。居前的是{_scored(places[places['rank'] <= 3])}"
    behind = places[places["rank"] > 3]
    last = behind[behind["rank"] >= behind["rank"].tail(3).min()]
    text += f"；居后的是{_scored(last)}" if len(last) else ""
    moved = places[places["rank_change"].fillna(0) != 0]
    up, down = (moved[moved["rank_change"] * sign > 0] for sign in (1, -1))
    for side, word in ((up, "上升"), (down, "下降")):
        if len(side):
            most = side["rank_change"].abs().max()
            names = "、".join(side.loc[side["rank_change"].abs() == most, "town"])
            text += f"；比{period.name_of_previous}{word}最多的是{names}（{number(most)}位）"
    return Paragraph(f"{text}。{ending}", lead)


def leaders(found: Units, given: Lines) -> Listing | None:
    """The units with the highest average, as many as the line 前列 says; all that tie for the last place are named."""
    if "前列" not in given:
        return None
    scores = _descending(found, "average_score")
    places = int(given["前列"])
    top = scores[scores["printed"].rank(method="min", ascending=False) <= places]
    return Listing(f"{AVERAGE}前{places}名的单位", _named(top, "average_score", _points))


def low_scores(found: Units, given: Lines) -> Listing | None:
    """The units whose average lies below the line 低分."""
    if "低分" not in given:
        return None
    low = _descending(found, "average_score")
    low = low[low["printed"] < given["低分"]]
    return Listing(f"{AVERAGE}低于{amount(given['低分'])}分的单位", _named(low, "average_score", _points))


def full_marks(found: Units) -> Listing:
    """The units all of whose chiefs are 优秀."""
    full = found[found["excellent_share"].fillna(0) >= 1]
    return Listing("优秀率达到100%的单位", tuple(Named(town) for town in full["town"]))


def failing(found: Units, given: Lines) -> Listing | None:
    """The units whose share of 不合格 lies above the line 不合格率."""
    if "不合格率" not in given:
        return None
    high = _descending(found, "failing_share", 100)
    high = high[high["printed"] > _percent(given["不合格率"])]
    heading = f"不合格率高于{share_line(given['不合格率'])}的单位"
    return Listing(heading, _named(high, "failing_share", share_in_full))


def low_reporters(found: Units, given: Lines) -> Listing | None:
    """The units whose 问题上报率 lies below the line 上报率."""
    return _low_rate(found, given, REPORTED, "上报率", "问题上报率较低")


def low_handlers(found: Units, given: Lines) -> Listing | None:
    """The units whose 问题处理率 lies below the line 处理率."""
    return _low_rate(found, given, HANDLED, "处理率", "问题处理率偏低")


def scores(found: Units, given: Lines) -> list[Paragraph]:
    """二、河长得分情况: the leaders, those under the line, full marks, and those over the line of failures."""
    if found["average_score"].isna().all():
        return [Paragraph("没有参加评分的单位。")]
    listings = (leaders(found, given), low_scores(found, given), full_marks(found), failing(found, given))
    return _numbered(listings) + ([] if given else [Paragraph(NOTHING)])


def problems(found: Units, given: Lines) -> list[Paragraph]:
    """三、问题上报及处理情况: low reporters and low handlers, with the counts behind each rate."""
    if found[[REPORTED, HANDLED]].isna().all(axis=None):
        return [Paragraph("没有发现问题。")]
    return _numbered((low_reporters(found, given), low_handlers(found, given))) or [Paragraph(NOTHING)]


def overdue(towns: pd.DataFrame) -> list[Paragraph]:
    """四、逾期整改: how many are overdue, how many for over 30 days, and in which towns."""
    late = towns[towns["overdue"] > 0]
    total = late["overdue"].sum()
    soon, undated, waiting = (int(towns[column].sum()) for column in ("due_soon", "no_deadline", "to_close"))
    rest = "，".join(
        f"{word}{number(count)}件"
        for word, count in (("临期", soon), ("限期整改而没有时限的", undated), ("已完成待销号", waiting))
        if count
    )
    tail = f"另有{rest}。" if rest else ""
    if not total:
        return [Paragraph(f"没有逾期未整改的问题。{tail}")]
    old = late["late_over_30"].sum()
    whole = f"全区逾期未整改{number(total)}件，涉及{len(late)}个镇乡街道" + (
        f"，其中逾期超过30天的{number(old)}件" if old else ""
    )
    listed = "、".join(
        str(Named(row["town"], f"{number(row['overdue'])}件，最长{number(row['days_max'])}天"))
        for row in late.to_dict("records")
    )
    return [Paragraph(f"{whole}。{tail}"), Paragraph(f"{listed}。", "逾期的单位：")]


def enforcement(departments: pd.DataFrame) -> list[Paragraph]:
    """五、部门执法: every flagged department with each figure and the limit that it met."""
    if departments.empty:
        return [Paragraph("还没有部门名录。")]
    flagged = departments[departments["flags"].notna()]
    opened = f"{len(departments)}个部门共立案{number(departments['cases_opened'].sum())}件"
    if flagged.empty:
        return [Paragraph(f"{opened}，都没有触及限值。")]
    found = []
    for row in flagged.to_dict("records"):
        judged = verdict(row)
        found.append(
            "；".join(
                f"{flag}，{figure}" for flag, figure in zip(judged.flags, map(closed_up, judged.figures), strict=True)
            )
        )
    named = [
        Paragraph(f"{text}。", f"{place}．{department}：")
        for place, (department, text) in enumerate(zip(flagged["department"], found, strict=True), 1)
    ]
    return [Paragraph(f"{opened}，{len(flagged)}个部门触及限值（括号内为限值）："), *named]


def definitions(bands: pd.DataFrame, answer: pd.DataFrame) -> list[str]:
    """口径: what each figure of the bulletin counts, where its lines come from, and who is not named.

    `bands` is a chief_bands, `answer` a bulletin_lines.
    """
    notes = [
        f"问题上报率为{BY_CODE[REPORTED].name}：{BY_CODE[REPORTED].definition}",
        f"问题处理率为{BY_CODE[HANDLED].name}：{BY_CODE[HANDLED].definition}",
    ]
    best, worst = bands[bands["excellent"].fillna(False)], bands[bands["failing"].fillna(False)]
    if len(best):
        edge = f"{amount(best['lower_edge'].iloc[0])}分及以上为{best['band'].iloc[0]}"
        low = f"，不足{amount(worst['upper_edge'].iloc[0])}分为{worst['band'].iloc[0]}" if len(worst) else ""
        notes.append(f"优秀率、不合格率按参加评分的河长计：{edge}{low}。")
    if len(answer):
        origins = "；".join(
            f"{'、'.join(group['line'])}：{origin}"
            for origin, group in answer.fillna({"origin": "未写来源"}).groupby("origin")
        )
        notes.append(f"通报线由考核办法规定，出处：{origins}。")
    notes.append(
        f"各项名单按印出的两位小数比较，由高到低，并列的一并列出；试考核、暂停考核的单位和{DISTRICT}河长不列入；"
        f"分母不足{FEW}的比例，一两件就能左右，慎比。"
    )
    return notes


def ranking_rows(ranking: pd.DataFrame) -> list[list[str]]:
    """附件 镇乡街道排名: rank, town, score, band, movement, four rates and the overdue, as they are printed."""
    return [
        [
            number(row["rank"]),
            row["town"] + ("" if row["status"] == "正常" else f"\n{row['status']}"),
            number(row["score"], DECIMALS),
            row["band"] if pd.notna(row["band"]) else number(None),
            _moved(row["rank_change"]),
            *(share_in_full(row[rate]) for rate in ("patrol_completion", "valid_rate", "on_time_rate", "closure_rate")),
            number(row["overdue"]),
        ]
        for row in ranking.to_dict("records")
    ]


def score_rows(bands: pd.DataFrame, metrics: pd.DataFrame, towns: pd.DataFrame) -> list[list[str]]:
    """附件 河长履职得分和问题上报处理: a row a town in the towns' order, then the chiefs of no town."""
    scored = {row["town"]: row for row in bands[bands["level"].isna() & bands["town"].notna()].to_dict("records")}
    rates = {(row["town_code"], row["metric"]): row for row in metrics.to_dict("records")}
    places = [*towns.sort_values(["sort_order", "town_code"])[["town", "town_code"]].to_numpy()]
    places += [[DISTRICT, None]] if DISTRICT in scored else []
    return [
        [
            town,
            *_score_cells(scored.get(town, {})),
            *(cell for metric in (REPORTED, HANDLED) for cell in _rate_cells(rates.get((code, metric), {}))),
        ]
        for town, code in places
    ]


def without_data(period: Period, span: str) -> str:
    """Why there is nothing to say of a period in which no fact lies; `span` is an `Answers.span`."""
    return f"{period.formal}没有数据：{closed_up(span)}，本期没有可以通报的情况。"


def closed_up(text: str) -> str:
    """A text of figures and words as documents print it: no space between a Chinese character and a figure."""
    closed = "".join(
        character
        for place, character in enumerate(text)
        if not (character == " " and any(_is_chinese(near) for near in text[max(place - 1, 0) : place + 2]))
    )
    return closed.replace(" %", "%").replace("≥ ", "≥").replace("> ", ">")


def _is_chinese(character: str) -> bool:
    return "\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"


def _low_rate(found: Units, given: Lines, metric: str, line: str, words: str) -> Listing | None:
    if line not in given:
        return None
    low = _descending(found, metric, 100)
    low = low[low["printed"] < _percent(given[line])]
    counted = {
        row["town"]: fraction(row.get(f"{metric}_num"), row.get(f"{metric}_den")) for row in low.to_dict("records")
    }
    named = tuple(
        Named(town, share_in_full(value) + (f"，{counted[town]}件" if f"{metric}_den" in low else ""))
        for town, value in low[["town", metric]].to_numpy()
    )
    return Listing(f"{words}（低于{share_line(given[line])}）的单位", named)


def _descending(found: Units, column: str, times: float = 1) -> pd.DataFrame:
    """The units that have the figure, from high to low as it is printed, equal ones in the order given."""
    known = found[found[column].notna()]
    printed = known[column].map(lambda value: _rounded(value * times)).astype(float)
    return known.assign(printed=printed).sort_values("printed", ascending=False, kind="stable")


def _rounded(value: float) -> float:
    return float(f"{value:.{DECIMALS}f}")


def _percent(line: float) -> float:
    return round(100 * line, 10)


def _named(rows: pd.DataFrame, column: str, printed: Callable[[float], str]) -> tuple[Named, ...]:
    return tuple(Named(town, printed(value)) for town, value in rows[["town", column]].to_numpy())


def _points(value: float) -> str:
    return f"{number(value, DECIMALS)}分"


def _with_n(value: float, numerator: float, denominator: float) -> str:
    return f"{share_in_full(value)}（{fraction(numerator, denominator)}）"


def _scored(rows: pd.DataFrame) -> str:
    return "、".join(str(Named(town, _points(score))) for town, score in rows[["town", "score"]].to_numpy())


def _numbered(listings: tuple[Listing | None, ...]) -> list[Paragraph]:
    given = [listing for listing in listings if listing is not None]
    return [Paragraph(listing.text, f"（{'一二三四'[place]}）{listing.lead}") for place, listing in enumerate(given)]


def _moved(places: float | None) -> str:
    return number(None) if pd.isna(places) else "平" if not places else plus(places, 0)


def _score_cells(row: Row) -> list[str]:
    return [
        number(row.get("chiefs")),
        number(row.get("scored")),
        number(row.get("average_score"), DECIMALS),
        share_in_full(row.get("excellent_share")),
        share_in_full(row.get("failing_share")),
    ]


def _rate_cells(row: Row) -> list[str]:
    return [share_in_full(row.get("value")), fraction(row.get("numerator"), row.get("denominator"))]
