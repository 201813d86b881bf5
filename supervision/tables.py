"""Every table that can be imported: its columns, aliases, types, keys and references.

This is the one place that knows them. Intake recognises and checks workbooks by it, the
warehouse creates its tables by it, `template` writes its workbooks by it.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text",  # as written, trimmed
    "integer",  # a whole number
    "decimal",  # a number
    "money",  # yuan (元); 万元 in the heading or cell is multiplied out
    "minutes",  # a length of time; 秒 and 小时 are converted
    "km",  # a distance; 米 is converted
    "date",  # a day
    "month",  # a month, kept as its first day
    "moment",  # a day with or without a time
    "flag",  # 是 or 否
    "count",  # a whole number, or 是/否 for 1 and 0
    "deadline",  # a day, kept as YYYY-MM-DD, or one of the words in `DEADLINE_WORDS`
    "choice",  # one of `choices`
    "many",  # several values in one cell, separated by 、，；/ or a line break
    "unit",  # 责任单位: a department or a town's government, kept as its name
    "water_class",  # 水质类别, kept as one of `WATER_CLASSES`
]

DEADLINE_WORDS = ("立行立改", "长期坚持")
WATER_CLASSES = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
"""The classes of surface water, the best first (地表水环境质量标准 GB 3838-2002; 劣Ⅴ is what meets none)."""

DUCKDB_TYPES: dict[Kind, str] = {
    "text": "varchar",
    "integer": "bigint",
    "decimal": "double",
    "money": "decimal(18, 2)",
    "minutes": "decimal(12, 2)",
    "km": "decimal(12, 3)",
    "date": "date",
    "month": "date",
    "moment": "timestamp",
    "flag": "boolean",
    "count": "bigint",
    "deadline": "varchar",
    "choice": "varchar",
    "many": "varchar[]",
    "unit": "varchar",
    "water_class": "varchar",
}


@dataclass(frozen=True)
class Column:
    """A column: `name` in the warehouse, `heading` in the template, `aliases` seen in the field.

    `prose` is a text in its own words, whose spaces and line breaks are content; in any other text, a
    name or a code, they are not. `refers` names the table whose rows the values must be; a value is given
    as code, name or alias there and kept as that table's key. `example` and `help` go into the template.
    """

    name: str
    heading: str
    kind: Kind = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    refers: str | None = None
    choices: tuple[str, ...] = ()
    prose: bool = False
    example: str = ""
    help: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings by which the column is known, the template's own first."""
        return (self.heading, *self.aliases)


@dataclass(frozen=True)
class Table:
    """A table: `key` identifies a row; `known_by` are the columns by which others refer to it.

    `dated` is the column that holds the day of a row and `owner` the one that says who sends it (town,
    department, or the chief, for whom his town does), for tables that are sent again and again.
    """

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    known_by: tuple[str, ...] = ()
    dated: str = ""
    owner: str = ""

    def column(self, name: str) -> Column:
        """The column with that warehouse name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def references(self) -> tuple[str, ...]:
        """Tables that must be loaded before this one, so that its values can be resolved."""
        direct = {column.refers for column in self.columns if column.refers}
        if any(column.kind == "unit" for column in self.columns):
            direct |= {"towns", "departments"}
        return tuple(sorted(direct - {self.name}))


LEVELS = ("区级", "镇级", "村级", "段长")
TOWN = Column(
    "town",
    "镇乡街道",
    aliases=(
        "镇乡",
        "乡镇",
        "乡镇街道",
        "镇街",
        "所属镇乡",
        "所属乡镇",
        "所在镇乡",
        "所在乡镇",
        "所属镇街",
        "所在镇街",
        "属地",
        "镇（乡、街道）",
        "乡镇（街道）",
        "镇乡（街道）",
    ),
    refers="towns",
    example="桥梓镇",
    help="名称、别名或编码均可",
)
TOWN_REQUIRED = Column(**{**TOWN.__dict__, "required": True})
SECTION = Column(
    "section",
    "河段",
    aliases=("河段编码", "所属河段", "责任河段", "河段名称", "点位河段", "巡河河段", "巡查河段"),
    refers="sections",
    example="HD0001",
    help="河段编码或全区唯一的河段名称",
)

TABLES: tuple[Table, ...] = (
    Table(
        "towns",
        "镇乡街道",
        key=("code",),
        known_by=("code", "name", "aliases"),
        columns=(
            Column("code", "编码", required=True, aliases=("9位代码", "镇乡编码", "区划代码"), example="110116105"),
            Column("name", "名称", required=True, aliases=("镇乡街道名称", "镇乡名称"), example="桥梓镇"),
            Column("aliases", "别名", "many", aliases=("简称", "又名"), example="桥梓"),
            Column("kind", "类型", "choice", choices=("街道", "地区", "镇", "乡"), example="镇"),
            Column("area_km2", "面积(平方公里)", "decimal", aliases=("面积", "面积km2"), example="108.77"),
            Column("sort_order", "排序", "integer", aliases=("序位",), example="8"),
            Column("status", "考核状态", "choice", choices=("正常", "试考核", "暂停考核"), example="正常"),
            Column("status_from", "状态开始", "date", aliases=("状态开始日期",), example="2017-10-16"),
            Column("status_to", "状态结束", "date", aliases=("状态结束日期",), example="2017-11-15"),
            Column("status_reason", "状态原因", aliases=("暂停原因",), prose=True, example="山洪断路抢修"),
        ),
    ),
    Table(
        "departments",
        "部门",
        key=("name",),
        known_by=("name", "aliases"),
        columns=(
            Column("name", "名称", required=True, aliases=("部门名称", "部门", "单位名称"), example="区水务局"),
            Column("aliases", "别名", "many", aliases=("简称", "又名"), example="水务局"),
            Column("field", "领域", aliases=("分组", "比较组"), example="水务环境"),
            Column("officers", "执法人数", "integer", aliases=("执法人员数", "A岗人数"), example="62"),
            Column("powers", "职权数", "integer", aliases=("职权总数",), example="180"),
            Column("yearly_cases", "年度办案目标", "integer", aliases=("年度立案目标",), example="120"),
            Column("remit", "职责问题类别", "many", aliases=("职责类别",), example="污水直排、违法取水"),
        ),
    ),
    Table(
        "sections",
        "河段",
        key=("code",),
        known_by=("code", "name"),
        columns=(
            Column("code", "河段编码", required=True, aliases=("河段编号", "编码"), example="HD0001"),
            Column("river", "河流", required=True, aliases=("河流名称", "所属河流", "河湖名称"), example="怀九河"),
            Column("name", "名称", aliases=("河段名称",), example="怀九河九渡河镇1段"),
            Column("kind", "类型", "choice", choices=("河道", "水库", "沟渠"), example="河道"),
            Column("terrain", "地形", "choice", choices=("平原", "山区", "重点山区"), example="山区"),
            TOWN_REQUIRED,
            Column("village", "村", aliases=("所属村", "行政村"), example="石湖峪村"),
            Column("length_km", "长度(公里)", "km", aliases=("长度", "河段长度"), example="2.8"),
            Column("longitude", "中心点经度", "decimal", aliases=("经度",), example="116.46"),
            Column("latitude", "中心点纬度", "decimal", aliases=("纬度",), example="40.36"),
        ),
    ),
    Table(
        "chiefs",
        "河长名录",
        key=("code",),
        known_by=("code", "name"),
        columns=(
            Column("code", "编码", required=True, aliases=("河长编码", "河长编号", "人员编码"), example="HZ00001"),
            Column("name", "姓名", required=True, aliases=("河长姓名",), example="张示例"),
            Column("level", "级别", "choice", required=True, aliases=("河长级别",), choices=LEVELS, example="段长"),
            TOWN,
            Column("village", "村", aliases=("所属村", "行政村"), example="石湖峪村"),
            Column("post", "职务", example="村党支部书记"),
            Column("phone", "电话", aliases=("联系电话", "手机"), example=""),
            Column(
                "sections",
                "负责河段",
                "many",
                aliases=("责任河段", "包段"),
                refers="sections",
                example="HD0001、HD0002",
            ),
            Column(
                "appointed_on",
                "任职日期",
                "date",
                required=True,
                aliases=("任职时间", "到任日期"),
                example="2017-07-01",
            ),
            Column("left_on", "离任日期", "date", aliases=("离任时间", "卸任日期")),
            Column("monthly_subsidy_yuan", "月补贴(元)", "money", aliases=("月补贴",), example="500"),
        ),
    ),
    Table(
        "patrols",
        "巡河记录",
        key=("code",),
        dated="started_at",
        owner="chief",
        columns=(
            Column(
                "code",
                "记录编号",
                required=True,
                aliases=("巡河编号", "巡河记录编号", "流水号"),
                example="XH20171023001",
            ),
            Column(
                "chief",
                "河长",
                required=True,
                aliases=("巡河人", "河长编码", "巡查人", "河长姓名", "巡河人员", "巡查人员"),
                refers="chiefs",
                example="HZ00001",
                help="河长编码；姓名在名录中唯一时可写姓名",
            ),
            SECTION,
            Column(
                "started_at",
                "开始时间",
                "moment",
                required=True,
                aliases=(
                    "巡河开始时间",
                    "巡河开始日期",
                    "巡查开始时间",
                    "巡河时间",
                    "巡查时间",
                    "巡河日期",
                    "巡查日期",
                ),
                example="2017-10-23 08:30:00",
            ),
            Column(
                "ended_at",
                "结束时间",
                "moment",
                aliases=("巡河结束时间", "巡河结束日期", "巡查结束时间"),
                example="2017-10-23 09:05:00",
            ),
            Column(
                "minutes",
                "时长",
                "minutes",
                aliases=("巡河时长", "时长(分钟)", "巡河时长(分钟)", "巡河用时", "巡查时长"),
                example="35",
                help="分钟；写秒、小时的请在表头注明",
            ),
            Column(
                "km",
                "里程",
                "km",
                aliases=("巡河里程", "里程(公里)", "巡河里程(公里)", "巡河距离", "实巡里程", "巡查里程", "巡河长度"),
                example="2.4",
                help="公里；写米的请在表头注明",
            ),
            Column("photos", "照片数", "integer", aliases=("照片", "照片张数"), example="2"),
            Column("has_track", "有无轨迹", "flag", aliases=("轨迹", "是否有轨迹"), example="有"),
            Column(
                "notes",
                "巡查内容",
                aliases=("巡河内容", "巡查记录", "巡河日志"),
                prose=True,
                example="河面清洁，无异常",
            ),
            Column(
                "problems_found",
                "发现问题数",
                "integer",
                aliases=("发现问题", "上报问题数", "问题数", "发现问题数量"),
                example="0",
            ),
        ),
    ),
    Table(
        "problems",
        "整改台账",
        key=("code",),
        known_by=("code",),
        dated="found_on",
        owner="town",
        columns=(
            Column("code", "问题编号", required=True, aliases=("台账编号", "问题序号"), example="WT2017-0001"),
            Column(
                "found_on", "发现日期", "date", required=True, aliases=("发现时间", "登记日期"), example="2017-10-20"
            ),
            Column(
                "source",
                "来源",
                "choice",
                required=True,
                aliases=("问题来源", "发现来源", "线索来源"),
                choices=("河长巡查", "督查检查", "市级督察", "市级挂账", "群众举报", "媒体曝光"),
                example="督查检查",
            ),
            Column("inspection", "检查批次", aliases=("督查批次",), example="第三轮督查"),
            Column("city_listed", "市级挂账", "flag", aliases=("是否市级挂账", "市级挂账点"), example="否"),
            Column("category", "类别", required=True, aliases=("问题类别", "问题类型"), example="污水直排"),
            Column("severity", "严重程度", aliases=("问题等级",), example="一般"),
            TOWN_REQUIRED,
            SECTION,
            Column(
                "department",
                "责任部门",
                "unit",
                aliases=("责任单位", "牵头部门", "整改责任单位", "整改责任部门"),
                example="区水务局",
            ),
            Column("person", "责任人", aliases=("整改责任人", "负责人"), example="李示例"),
            Column(
                "description",
                "问题描述",
                required=True,
                prose=True,
                aliases=("问题内容", "存在问题", "问题", "主要问题"),
                example="生活污水直排入河",
            ),
            Column("measures", "整改措施", aliases=("措施",), prose=True, example="封堵排口，接入管网"),
            Column(
                "method",
                "整改方式",
                "choice",
                aliases=("整改类型",),
                choices=("立行立改", "限期整改", "长期坚持"),
                example="限期整改",
            ),
            Column(
                "deadline",
                "整改时限",
                "deadline",
                aliases=("整改期限", "完成时限", "时限", "整改截止日期"),
                example="2017-10-31",
                help="日期，或 立行立改、长期坚持",
            ),
            Column(
                "state",
                "状态",
                aliases=("整改状态", "办理状态", "处理状态", "整改情况", "整改完成情况"),
                example="整改中",
            ),
            Column(
                "done_on",
                "整改完成日期",
                "date",
                aliases=("完成日期", "整改完成时间", "完成时间"),
                example="2017-10-28",
            ),
            Column("closed_on", "销号日期", "date", aliases=("销号时间", "销账日期"), example="2017-10-30"),
            Column("rebound_on", "反弹日期", "date", aliases=("反弹时间",), example=""),
            Column("notice", "督办文号", aliases=("督办单号", "督办单编号"), example="怀河督〔2017〕12号"),
            Column("longitude", "经度", "decimal", example="116.46"),
            Column("latitude", "纬度", "decimal", example="40.36"),
        ),
    ),
    Table(
        "transfers",
        "流转记录",
        key=("problem", "moved_at", "action"),
        columns=(
            Column(
                "problem", "问题编号", required=True, aliases=("台账编号",), refers="problems", example="WT2017-0001"
            ),
            Column(
                "moved_at",
                "时间",
                "moment",
                required=True,
                aliases=("流转时间", "办理时间"),
                example="2017-10-20 15:00",
            ),
            Column(
                "action",
                "动作",
                "choice",
                required=True,
                aliases=("流转动作", "环节"),
                choices=("交办", "签收", "退回", "转办", "反馈", "复核"),
                example="交办",
            ),
            Column("from_unit", "从", aliases=("发出单位", "来自"), example="区河长办"),
            Column("to_unit", "到", aliases=("接收单位", "去向"), example="区水务局"),
            Column("note", "说明", aliases=("备注",), prose=True, example=""),
        ),
    ),
    Table(
        "enforcement",
        "执法记录",
        key=("code",),
        dated="day",
        owner="department",
        columns=(
            Column("code", "编号", required=True, aliases=("执法编号", "案件编号", "记录编号"), example="ZF2017-0001"),
            Column(
                "day", "日期", "date", required=True, aliases=("执法日期", "填报日期", "立案时间"), example="2017-10-23"
            ),
            Column(
                "department",
                "部门",
                required=True,
                aliases=("执法部门", "执法单位", "填报单位", "单位", "办理机关"),
                refers="departments",
                example="区水务局",
            ),
            Column(
                "partners",
                "参与部门",
                "many",
                aliases=("联合部门", "配合部门"),
                refers="departments",
                example="区环保局、区公安分局",
            ),
            TOWN,
            SECTION,
            Column("offence", "违法类型", aliases=("违法行为", "案件类型"), example="违法排污"),
            Column("power", "执法事项", aliases=("职权事项", "处罚事项"), example="对未经批准取水的处罚"),
            Column(
                "inspections",
                "检查次数",
                "integer",
                aliases=("检查", "检查(次)", "巡查次数", "行政检查", "行政检查次数", "现场检查次数", "现场检查"),
                example="3",
            ),
            Column(
                "people_out",
                "出动人次",
                "integer",
                aliases=("出动(人次)", "出动执法人员", "出动人员", "出动执法人次", "执法人次"),
                example="8",
            ),
            Column(
                "vehicles_out",
                "出动车次",
                "integer",
                aliases=("出动(车次)", "出动执法车辆", "出动车辆", "出动执法车次", "执法车次"),
                example="2",
            ),
            Column("orders", "责令改正", "integer", aliases=("责令改正(起)", "责令整改", "责令改正数"), example="1"),
            Column(
                "cases_opened",
                "立案",
                "integer",
                aliases=("立案(起)", "立案数", "立案(件)", "立案件数", "立案查处", "立案查处数"),
                example="1",
            ),
            Column(
                "cases_closed", "结案", "integer", aliases=("结案(起)", "结案数", "结案(件)", "结案件数"), example="0"
            ),
            Column(
                "fines_yuan",
                "罚款",
                "money",
                aliases=("罚款(元)", "罚款(万元)", "处罚金额", "处罚金额(万元)", "处罚金额(元)", "罚款金额"),
                example="20000",
                help="元；写万元的请在表头注明",
            ),
            Column("referrals", "移送", "integer", aliases=("移送(起)", "移送案件", "移交"), example="0"),
            Column("joint", "联合执法", "count", aliases=("联合执法(次)", "联合执法次数"), example="是"),
            Column("problem", "关联问题", aliases=("关联问题编号",), example="WT2017-0001"),
        ),
    ),
    Table(
        "water_quality",
        "断面水质",
        key=("point", "month"),
        dated="month",
        owner="town",
        columns=(
            Column("point", "断面", required=True, aliases=("断面名称",), example="怀九河九渡河出境"),
            Column("month", "月份", "month", required=True, aliases=("监测月份", "年月"), example="2017-09"),
            Column("river", "河流", aliases=("河流名称", "所属河流"), example="怀九河"),
            TOWN_REQUIRED,
            Column(
                "target_class",
                "目标类别",
                "water_class",
                required=True,
                aliases=("水质目标", "目标", "目标水质", "考核目标"),
                choices=WATER_CLASSES,
                example="Ⅲ",
            ),
            Column(
                "actual_class",
                "实测类别",
                "water_class",
                aliases=("水质类别", "现状类别", "实测", "实测水质", "水质现状"),
                choices=WATER_CLASSES,
                example="Ⅱ",
                help="河干、封冻、暂停考核写到状态一列，这一格空着",
            ),
            Column(
                "state",
                "状态",
                "choice",
                aliases=("断面状态",),
                choices=("正常", "河干", "封冻", "暂停考核"),
                example="正常",
            ),
        ),
    ),
    Table(
        "tasks",
        "重点任务",
        key=("code",),
        columns=(
            Column("code", "任务编号", required=True, example="RW-01-105"),
            Column("field", "领域", required=True, aliases=("任务领域", "任务类别"), example="水污染治理"),
            Column("river", "河流", aliases=("河流名称",), example="怀九河"),
            TOWN_REQUIRED,
            Column("department", "责任部门", "unit", aliases=("责任单位", "牵头部门"), example="区水务局"),
            Column(
                "task",
                "任务",
                required=True,
                aliases=("任务名称", "任务内容", "重点任务"),
                prose=True,
                example="截污管线铺设",
            ),
            Column("planned", "计划量", "decimal", required=True, aliases=("计划", "目标量"), example="3.2"),
            Column("unit", "单位", aliases=("计量单位",), example="公里"),
            Column("done", "完成量", "decimal", aliases=("完成", "累计完成"), example="2.1"),
            Column("started_on", "开始日期", "date", aliases=("开工日期",), example="2017-07-01"),
            Column("due_on", "时限", "date", required=True, aliases=("完成时限", "截止日期"), example="2017-12-31"),
            Column("plan_document", "一河一策文号", example="怀九河一河一策"),
            Column("tag", "三查三清三治三管", aliases=("标签", "任务标签"), example="三治"),
        ),
    ),
    Table(
        "outfalls",
        "排污口",
        key=("code", "checked_on"),
        dated="checked_on",
        owner="town",
        columns=(
            Column("code", "编号", required=True, aliases=("排污口编号", "排口编号"), example="PK-001"),
            Column("section", "河段", required=True, aliases=SECTION.aliases, refers="sections", example="HD0001"),
            TOWN_REQUIRED,
            Column("checked_on", "检查日期", "date", required=True, aliases=("核查日期",), example="2017-09-10"),
            Column(
                "state",
                "状态",
                "choice",
                required=True,
                aliases=("排污口状态",),
                choices=("已封堵", "规范保留", "整治中", "反弹"),
                example="已封堵",
            ),
        ),
    ),
    Table(
        "promises",
        "会议议定事项",
        key=("code",),
        columns=(
            Column("code", "编号", required=True, aliases=("事项编号",), example="YD-20171023-1"),
            Column("met_on", "会议日期", "date", required=True, example="2017-10-23"),
            Column(
                "matter", "事项", required=True, aliases=("议定事项",), prose=True, example="白河两处直排口一周内封堵"
            ),
            Column("unit", "责任单位", required=True, aliases=("责任部门",), example="区水务局"),
            Column("due_on", "时限", "date", required=True, aliases=("完成时限",), example="2017-10-29"),
            Column("state", "状态", example="已完成"),
            Column("done_on", "完成日期", "date", aliases=("完成时间",), example="2017-10-28"),
            Column("note", "说明", aliases=("备注",), prose=True, example=""),
        ),
    ),
    Table(
        "practices",
        "经验做法",
        key=("code",),
        dated="day",
        owner="town",
        columns=(
            Column("code", "编号", required=True, example="JY-001"),
            Column("day", "日期", "date", required=True, aliases=("报送日期",), example="2017-09-20"),
            TOWN_REQUIRED,
            Column("title", "标题", required=True, aliases=("做法名称",), prose=True, example="一河一群，当日见底"),
            Column("content", "内容", required=True, aliases=("做法内容",), prose=True, example="每条河建一个工作群……"),
        ),
    ),
    Table(
        "ratings",
        "考评记录",
        key=("code",),
        dated="day",
        columns=(
            Column("code", "编号", required=True, aliases=("考评编号",), example="KP-001"),
            Column("day", "日期", "date", required=True, aliases=("考评日期", "评分日期"), example="2017-10-25"),
            TOWN,
            Column(
                "chief",
                "河长",
                aliases=("河长编码", "被考评河长"),
                refers="chiefs",
                help="考评镇乡街道的空着；考评某位河长的写河长编码",
            ),
            Column(
                "item",
                "考核项",
                required=True,
                aliases=("考评项", "考评项目", "考核项目"),
                example="河长公示牌",
                help="名称与考核办法中 考评:名称 的一致",
            ),
            Column(
                "value",
                "数值",
                "decimal",
                required=True,
                aliases=("得分", "考评结果"),
                example="1",
                help="按考核办法：扣分、加减分写次数，按比例写得分或比例",
            ),
            Column("note", "说明", aliases=("备注",), prose=True, example="公示牌电话已更新"),
            Column("department", "考评部门", aliases=("负责考核部门",), example="区河长办"),
        ),
    ),
    Table(
        "policy",
        "考核办法",
        key=("effective_from", "rule", "subject"),
        columns=(
            Column("effective_from", "生效日期", "date", required=True, example="2017-07-01"),
            Column("rule", "规则", required=True, example="巡河频次"),
            Column("subject", "对象", example="段长", help="空着表示全部"),
            Column("method", "方法", example="按人"),
            Column("value", "数值", "decimal", required=True, example="1"),
            Column("unit", "单位", example="次/日"),
            Column("argument", "参数", example="3-12", help="该规则或方法需要的参数，如当季月份、扣分值"),
            Column("note", "说明", prose=True, example="每日巡查"),
            Column("origin", "来源", prose=True, example="示例"),
        ),
    ),
)

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}


def load_order() -> tuple[Table, ...]:
    """All tables, each after those it refers to."""
    ordered: list[Table] = []

    def place(table: Table) -> None:
        if table in ordered:
            return
        for name in table.references:
            place(BY_NAME[name])
        ordered.append(table)

    for table in TABLES:
        place(table)
    return tuple(ordered)
