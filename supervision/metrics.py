"""The registry of metrics (指标): what each is called, how it is defined, and which way is better.

The figures themselves are added up by `queries/town_metrics.sql` from the mart `measures`; a code here
is the `metric` there. A rate is a share of 0–1 and shows its numerator and denominator; over
nothing it is n/a (—), never 0 or 100 %.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Metric:
    """One metric: `definition` is its 口径, a sentence a reader can check the figure by."""

    code: str
    name: str
    definition: str
    unit: str
    better: Literal["up", "down", "none"]
    numerator: str = ""
    denominator: str = ""
    behind: str = "figure_problems"
    """The question whose rows add up to the figure."""

    @property
    def is_rate(self) -> bool:
        """Whether the metric is a share of 0–1; one with another unit and a denominator is a mean."""
        return self.unit == "%"


METRICS: tuple[Metric, ...] = (
    Metric(
        "patrol_completion",
        "巡河完成率",
        "应巡周期内完成的有效巡河天数（多巡不抵其他周期）÷ 应巡次数；"
        "周期最后一天落在本期的计入本期，整个周期在任的河长才计。",
        "%",
        "up",
        "完成",
        "应巡",
        behind="figure_duties",
    ),
    Metric(
        "patrol_rate",
        "巡河率",
        "有效巡河天数（不封顶）÷ 应巡次数，可超过 100 %；只展示，不计分。",
        "%",
        "up",
        "已巡",
        "应巡",
        behind="figure_duties",
    ),
    Metric(
        "valid_rate",
        "有效巡河率",
        "有效巡河 ÷ 全部巡河。时长、里程、速度、间隔、留痕不合考核办法，不在责任河段，或与本人另一次巡河重叠的为无效。",
        "%",
        "up",
        "有效",
        "巡河",
        behind="figure_patrols",
    ),
    Metric(
        "perfunctory",
        "走马观花率",
        "时长、里程不足，速度过快或没有文字、照片的巡河 ÷ 全部巡河。",
        "%",
        "down",
        "走马观花",
        "巡河",
        behind="figure_patrols",
    ),
    Metric(
        "found_rate",
        "主动发现率",
        "本期发现的问题中，来源为河长巡查的 ÷ 全部问题；河长的按其责任河段、在任期间计，同一河段的河长同计。",
        "%",
        "up",
        "主动发现",
        "发现",
    ),
    Metric(
        "missed_rate",
        "视而不见率",
        "他人（督查、群众等）本期在河段上发现的问题中，该河段河长在考核办法的漏报天数（含发现当日）内巡过该段、"
        "却一件也没有报的 ÷ 全部；几名河长漏报同一件只算一件，河长的按其责任河段各计。",
        "%",
        "down",
        "视而不见",
        "他人发现",
    ),
    Metric(
        "on_time_rate",
        "按期整改率",
        "整改时限在本期内（且不晚于数据截至日）的问题中，在时限当日或之前完成的 ÷ 全部到期的；无时限的不计。",
        "%",
        "up",
        "按期",
        "到期",
    ),
    Metric(
        "closure_rate",
        "整改销号率",
        "本期发现的问题中，截至期末已销号且没有反弹的 ÷ 本期发现的。",
        "%",
        "up",
        "销号",
        "发现",
    ),
    Metric(
        "watchlist_clearance",
        "挂账点销账率",
        "截至期末已销号且没有反弹的市级挂账点 ÷ 全部市级挂账点。",
        "%",
        "up",
        "销账",
        "挂账",
    ),
    Metric(
        "water_ok",
        "水质达标率",
        "最后一天在本期内（且不晚于数据截至日）的断面月中，实测类别不劣于目标类别的 ÷ 参加评价的；"
        "河干、封冻、暂停考核和没有实测类别的不参加评价。",
        "%",
        "up",
        "达标",
        "评价",
        behind="figure_water",
    ),
    Metric(
        "task_progress",
        "重点任务完成率",
        "截至期末已开始的各项任务 完成量 ÷ 计划量（超额按 1，未报按 0）之和 ÷ 任务数；"
        "计划量为 0 的不计，完成量为最近一次导入的数。",
        "%",
        "up",
        "完成",
        "任务",
        behind="figure_tasks",
    ),
    Metric("overdue", "逾期未整改", "截至期末没有整改完成日期、且整改时限早于该日的问题。", "件", "down"),
    Metric(
        "overdue_crossed",
        "跨月逾期",
        "截至期末没有整改完成日期、且整改时限在更早月份的问题；考核办法写明“跨月翻倍”的，这些问题加倍扣分。",
        "件",
        "down",
    ),
    Metric("open", "在办", "截至期末没有整改完成日期的问题。", "件", "none"),
    Metric("due_soon", "临期", "在办，且整改时限在期末当日起考核办法规定的天数之内（默认 3 天）。", "件", "none"),
    Metric("late_1_7", "逾期 1—7 天", "逾期未整改，超过时限 1 至 7 天。", "件", "down"),
    Metric("late_8_30", "逾期 8—30 天", "逾期未整改，超过时限 8 至 30 天。", "件", "down"),
    Metric("late_over_30", "逾期超 30 天", "逾期未整改，超过时限 30 天以上。", "件", "down"),
    Metric("late_done", "逾期完成", "截至期末，完成日期晚于整改时限的问题（累计）。", "件", "down"),
    Metric("no_deadline", "无时限", "在办的限期整改问题没有写整改时限：台账不明，不算按期。", "件", "down"),
    Metric("to_close", "待销号", "已完成整改、尚未销号的问题。", "件", "none"),
    Metric(
        "rebound",
        "反弹",
        "本期内台账写明反弹日期的问题、同一河段同类问题在销号后考核办法规定的天数内（默认 30 天）再次发现的问题，"
        "和封堵后检查又不合格的排污口；同一次只计一件。",
        "件",
        "down",
    ),
    Metric("problems_found", "新发现问题", "发现日期在本期内的问题。", "件", "none"),
    Metric("patrols", "巡河次数", "开始时间在本期内的全部巡河，有效无效都计。", "次", "none", behind="figure_patrols"),
    Metric(
        "enforcement",
        "执法量",
        "在该镇乡街道的执法检查次数；没有写明镇乡街道的不计入任何镇。",
        "次",
        "none",
        behind="figure_returns",
    ),
    Metric("cases", "立案", "在该镇乡街道的立案件数。", "件", "none", behind="figure_returns"),
    Metric(
        "signing_hours",
        "签收用时",
        "从交办（转办）到接收单位在再次流转前第一次签收的平均小时数，签收日在本期的计入；未签收的不计，另列。",
        "小时",
        "down",
        "小时",
        "签收",
    ),
    Metric(
        "handovers",
        "件均流转次数",
        "首次交办在本期的问题，截至期末交办和转办的次数 ÷ 这些问题的件数。",
        "次/件",
        "down",
        "次",
        "问题",
    ),
    Metric(
        "passed_on",
        "推诿",
        "退回、转办合计两次及以上的问题，第二次的日期在本期的计入，每个问题只计一次。",
        "件",
        "down",
    ),
)

OF_CHIEFS: tuple[Metric, ...] = (
    Metric(
        "missed",
        "漏报",
        "他人在责任河段发现、而发现前几日内巡过该河段没有上报的问题件数。",
        "件",
        "down",
    ),
    Metric(
        "grave",
        "突出问题",
        "截至期末责任河段上没有整改完成的问题中，市级挂账、市级督察、媒体曝光的，或逾期超过规定天数（默认 30 天）的。",
        "件",
        "down",
    ),
)
"""What only `queries/chief_metrics.sql` computes; its other metrics are those of the towns, chief by chief."""

CHIEF_METRICS = (
    "patrol_completion",
    "valid_rate",
    "perfunctory",
    "patrols",
    "on_time_rate",
    "found_rate",
    "missed_rate",
    *(metric.code for metric in OF_CHIEFS),
)
"""The codes that a chief can be scored by (河长考核项)."""

BY_CODE: dict[str, Metric] = {metric.code: metric for metric in (*OF_CHIEFS, *METRICS)}
