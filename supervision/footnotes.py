"""What stands under and beside the figures: how to read them, by which rule, and what an import did."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from supervision.building import SnapshotInfo
from supervision.effects import Effects
from supervision.formats import day, number
from supervision.outcome import Outcome, Stretch
from supervision.periods import Period
from supervision.senders import Sender
from supervision.tables import BY_NAME, TABLES
from supervision.wording import FEW, item_name

POLICY_FOOT = (
    "规则从生效日期起适用，同一规则以期末当日最新的为准；考核项、档、补贴按整套替换。"
    "带“示例”的没有公开依据，请由本区定。"
)
TRY_BEFORE = (
    "还没有入库的办法也能试：导出考核办法，改数值和生效日期，到数据导入点“检查”，"
    "不点入库就不生效，检查结果列出名次和逾期的变化。"
)
CHASED = ("逾期", "临期", "无时限")
"""The states of the problems that somebody must be asked about today, the gravest first."""
STATES = (*CHASED, "在期", "长期坚持", "待销号", "已销号")
"""All states of a problem, the gravest first."""
OUTDATED = "当前批次由旧版本建立，有些页面看不了；在这里重新导入任何一个已导入过的文件，即可更新。"

NAMED_MOVERS = 3
"""So many towns whose rank an import changes are named; the table under the title has them all."""

SHORT_METRICS = {
    "patrol_completion": "巡河",
    "on_time_rate": "按期",
    "valid_rate": "有效",
    "closure_rate": "销号",
    "overdue": "逾期",
}


def left_out(ranked: pd.DataFrame, period: Period) -> str:
    """The footnote under a ranking: who is not ranked, since when, and that his overdue still counts."""
    apart = ranked[ranked["rank"].isna()]
    notes = []
    for town in apart.to_dict("records"):
        since = "" if pd.isna(town["status_from"]) else f" {day(town['status_from'], period.end.year)}起"
        status = town["status"] if town["status"] != "正常" else "没有可考核的项目"
        notes.append(f"{town['town']}{since}{status}，不排名；逾期 {number(town['overdue'])} 件计入全区。")
    return "".join(notes) or "全部镇乡街道参加排名。"


def band_edges(bands: pd.DataFrame) -> dict[str, str]:
    """By band (等级): its edges, such as 80—90 分."""
    edges = {}
    for band in bands.to_dict("records"):
        low, high = number(band["lower_edge"]), number(band["upper_edge"])
        top, foot = pd.isna(band["upper_edge"]), not band["lower_edge"]
        edges[str(band["band"])] = f"{low} 分以上" if top else f"不足 {high} 分" if foot else f"{low}—{high} 分"
    return edges


def ranking_foot(bands: pd.DataFrame, *, firm: bool) -> str:
    """The footnote of the ranking: how to read it, and by which rule it was made."""
    notes = ["色块为得分，浅色为失分，写明的为失 8 分及以上；斜纹为本期没有，权重分给其余各项。"]
    if firm:
        notes.append("名次区间：权重在 ±20 % 内变动 1,000 次（固定种子）后名次的范围。")
    notes.append(f"分母不足 {FEW} 的比例注 *，一两件就能左右，慎比。")
    if not bands.empty:
        origin = "、".join(bands["origin"].dropna().unique())
        start = bands["effective_from"].iloc[0]
        notes.append(f"考核办法 {day(start, 0)}起施行" + (f"（等级出处：{origin}）。" if origin else "。"))
    return "".join(notes)


def limit_text(departments: pd.DataFrame) -> str:
    """The head over the bars: which share of the group's median is the limit."""
    shares = (departments["per_officer_limit"] / departments["group_median"]).dropna()
    return f"限值：领域中位数的 {number(100 * shares.iloc[0])} %" if len(shares) else "没有限值"


LIMITS = "限值由本区考核办法规定（示例），无公开标准；领域内报执法人数的不足 3 个部门时不比人均。"
"""The footnote under the verdicts on departments: where the limits come from."""


def chased(problems: pd.DataFrame, shown: int) -> str:
    """The footnote under a list of problems: how many of each state, how many are shown, and the order."""
    found = problems["state"].value_counts()
    states = "、".join(f"{state} {number(found[state])} 件" for state in STATES if state in found)
    more = f"列出前 {number(shown)} 件，全部见导出本表。" if len(problems) > shown else ""
    return f"共 {number(len(problems))} 件：{states}。{more}次序：市级挂账，逾期天数，严重程度，反弹，发现早晚。"


def rebounds(found: pd.DataFrame, shown: int) -> str:
    """The footnote under the list of rebounds: how many by each sign, and what the signs mean."""
    kinds = found["kind"].value_counts()
    signs = "、".join(f"{kind} {number(count)} 件" for kind, count in kinds.items())
    more = f"列出前 {number(shown)} 件，全部见导出本表。" if len(found) > shown else ""
    return (
        f"共 {number(len(found))} 件：{signs}。{more}"
        "同类再现：同一河段同类问题，销号后在考核办法的反弹天数内再次发现；排污口反弹：封堵后检查又不合格。"
    )


def units(by: str, rows: pd.DataFrame) -> str:
    """The footnote under the table of units: what counts when, and what a rate over few is worth."""
    few = bool(((rows["due"] > 0) & (rows["due"] < FEW)).any())
    small = f"到期不足 {FEW} 件的按期率用浅色，不足为凭。" if few else ""
    outfalls = {"department": "排污口反弹不属任何部门，计入“未写明”。"}.get(by, "")
    return f"在办、临期按期末当日计；反弹、按期率按本期计；逾期完成为累计。数字都可点开。{small}{outfalls}"


FLOW = (
    "按本期销号的问题计，反弹的从反弹日起算；没有流转记录的，整改从发现日起算，不计交办、签收。"
    "等候为期末尚未销号、正等这一步的问题。"
)
"""The footnote under the flow from found to closed."""


def batch(info: SnapshotInfo) -> str:
    """A snapshot as people know it: number, time and who made it."""
    return f"第 {info.batch} 批，{made_at(info)}，{info.made_by}"


def rollback(now: SnapshotInfo, chosen: SnapshotInfo, lost: Sequence[int]) -> str:
    """What going back to another batch means, and which batches it takes away."""
    fewer = [
        f"{table.title} {number(abs(difference))} 行"
        for table in TABLES
        if (difference := chosen.rows.get(table.name, 0) - now.rows.get(table.name, 0)) < 0
    ]
    gone = f"第 {'、'.join(map(str, sorted(lost)))} 批带来的新增和变更不再显示" if lost else "没有批次被撤回"
    return (
        f"所有人看到的数据将从第 {now.batch} 批换成第 {chosen.batch} 批：{gone}"
        + (f"，少 {'、'.join(fewer)}" if fewer else "")
        + f"。第 {now.batch} 批仍然留着，可以再换回来。"
    )


def refusals(found: pd.DataFrame) -> dict[tuple[int, str], str]:
    """By batch and table: which rules refused how many rows."""
    texts: dict[tuple[int, str], list[str]] = {}
    for batch, table, rule, rows in found[["batch", "table", "rule", "refused"]].to_numpy():
        texts.setdefault((batch, table), []).append(f"{rule} {number(rows)}")
    return {place: "、".join(rules) for place, rules in texts.items()}


def checked(found: Outcome) -> str:
    """The heading over a check: what of the sheets that were read would go in, and what would go back."""
    if not found.read_sheets:
        return f"没有可以入库的：{found.refused_sheets} 个文件或工作表整表退回"
    news = f"{number(found.news)} 行新增、变更或删除" if found.removed else f"{number(found.news)} 行新增或变更"
    sheets = f"{found.read_sheets} 个工作表，" + (news if found.news else "没有新增或变更")
    back = f"，{number(found.refused_rows)} 行要退回" if found.refused_rows else "，没有要退回的行"
    return sheets + back + (f"；另有 {found.refused_sheets} 个整表退回" if found.refused_sheets else "")


def quality(found: Sequence[Sender], period: Period) -> str:
    """The footnote under the calendar: what the words mean, and which rule says when something is due."""
    due = {
        (row["due_on"] - row["last_day"]).days
        for sender in found
        for row in sender.intervals
        if not pd.isna(row["due_on"])
    }
    days = "、".join(map(str, sorted(due)))
    rule = f"报送时限：期末后 {days} 天（考核办法）。" if due else "考核办法里没有报送时限。"
    return (
        f"{rule}格内为该期的行数；迟 = 过了时限才报；首次导入的历史数据不算迟。"
        f"完整率按{period.called(week=False)}的行计算，累计退回为各批退回的行数。"
    )


def policy_question(period_label: str) -> str:
    """What 口径与办法 answers, for the period chosen."""
    return f"{period_label}：按哪些规则和口径考核，从哪天起、依据什么；换一套办法会怎样"


def how_to_try(versions: Sequence[str]) -> str:
    """What to do where no other policy is chosen, or only one is there."""
    if len(versions) > 1:
        return "请在上面选一个生效日期：本期会按那一天生效的办法再排一次名，与现在的并排。"
    only = f"库里的办法只有 {versions[0]} 一版" if versions else "库里还没有办法"
    return (
        f"{only}，没有可比的。要试一套新办法：导出考核办法，改数值和生效日期，到数据导入选取这个文件并点“检查”，"
        "检查结果会列出名次和逾期有什么变化，不点入库就不生效。"
    )


def stretch(replaced: Stretch | None) -> str:
    """Beside the heading: what the files replace, if they do."""
    if replaced is None:
        return ""
    return f"替换{replaced.owner} {replaced.start} 至 {replaced.end} 的{BY_NAME[replaced.table].title}"


def decide(found: Outcome, by: str) -> str:
    """Beside the button: why it cannot be pressed, and what to look at before."""
    if found.stretch and (found.refused_rows or found.refused_sheets):
        return "替换时不能有退回的行，否则库里原来合格的行会丢失；请改正后重新检查。"
    name = "先写导入人，再入库。" if found.news and not by else ""
    doubts = "、".join(f"{rule} {len(cases)} 处" for rule, cases in found.warnings)
    return name + (f"请先核对：{doubts}，见下。" if doubts else "")


def effects(found: Effects) -> list[str]:
    """What an import (or going back) does to the overdue list and to the ranking, a clause each."""
    before, after = found.overdue
    change = "不变" if before == after else f"由 {number(before)} 件变为 {number(after)} 件"
    moved = found.moved
    places = moved[moved["rank_before"].ne(moved["rank_after"]) & moved["rank_before"].notna()]
    movers = [
        f"{town} {_place(then)}→{_place(now)}"
        for town, then, now in places[["town", "rank_before", "rank_after"]].to_numpy()
    ]
    named = "、".join(movers[:NAMED_MOVERS]) + (f"等 {len(movers)} 个" if len(movers) > NAMED_MOVERS else "")
    return [f"逾期未整改{change}", f"镇乡名次变动：{named}" if movers else "镇乡名次不变"]


def effects_period(found: Effects) -> str:
    """The period of the effects with its year: a file may reach into another one."""
    return found.period.called(year=True, week=False)


def _place(rank: float) -> str:
    return "不排名" if pd.isna(rank) else f"第{number(rank)}"


def imported(snapshot: str, found: Outcome) -> str:
    """What an import did, in one sentence."""
    news = f"新增或变更 {number(found.news - found.removed)} 行"
    gone = f"，删除 {number(found.removed)} 行" if found.removed else ""
    back = f"，退回 {number(found.refused_rows)} 行" if found.refused_rows else ""
    whole = f"，整表退回 {found.refused_sheets} 个" if found.refused_sheets else ""
    return f"第 {int(snapshot)} 批已入库：{news}{gone}{back}{whole}。"


def rolled_back(batch: int) -> str:
    """What going back to another batch did."""
    return f"已换成第 {batch} 批，所有人现在看到的是这一批。"


def short_metric(code: str) -> str:
    """A rubric item in two characters, for the head of its slot."""
    return SHORT_METRICS.get(code) or item_name(code)


def made_at(info: SnapshotInfo) -> str:
    """When a snapshot was made, such as 2017年10月30日 09:00."""
    made = datetime.fromisoformat(info.made_at)
    return f"{day(made, 0)} {made:%H:%M}"
