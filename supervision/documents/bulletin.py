"""The bulletin (通报): how the river chief system (河长制) went in a period, in official form."""

from supervision import bulletin_words as say
from supervision.answers import Answers
from supervision.documents.official import Column, Paper
from supervision.documents.source import running_head

ADDRESSEES = "各镇乡人民政府、街道办事处，区有关部门"
RANKING = (
    Column("名次", 9),
    Column("单位", 28, "left"),
    Column("得分", 15, "right"),
    Column("等级", 14),
    Column("升降", 10),
    Column("巡河\n完成率", 17.5, "right"),
    Column("有效\n巡河率", 17.5, "right"),
    Column("按期\n整改率", 17.5, "right"),
    Column("整改\n销号率", 17.5, "right"),
    Column("逾期\n件数", 10, "right"),
)
SCORES = (
    Column("单位", 29, "left"),
    Column("在任\n名数", 11, "right"),
    Column("评分\n名数", 11, "right"),
    Column("平均\n得分", 14, "right"),
    Column("优秀率", 15, "right"),
    Column("不合\n格率", 15, "right"),
    Column("问题\n上报率", 15, "right"),
    Column("上报／\n发现", 16, "right"),
    Column("问题\n处理率", 15, "right"),
    Column("销号／\n发现", 16, "right"),
)


def bulletin(answers: Answers) -> bytes:
    """The bulletin of the period as a .docx, dated on the day at whose end the period is judged.

    A period without data makes a bulletin that says so. It is the whole district's: QueryRefused for anybody else.
    """
    paper = Paper(say.title(answers.period), on=answers.as_of, running=running_head(answers))
    paper.addressee(ADDRESSEES)
    if not answers.holds_data:
        paper.text(say.without_data(answers.period, answers.span))
        paper.signed()
        return paper.to_bytes()
    span = answers.period.formal.split("（")[0]
    ranking, scores = f"{span}镇乡街道排名", f"{span}河长得分和问题处理情况"
    _body(paper, answers)
    paper.enclosures((ranking, scores))
    paper.signed()
    _enclosures(paper, answers, ranking, scores)
    return paper.to_bytes()


def _body(paper: Paper, answers: Answers) -> None:
    bands, metrics, towns = (answers.rows(name) for name in ("chief_bands_by_town", "town_metrics", "town_list"))
    units, lines = say.units(bands, metrics, towns), say.lines(answers.rows("bulletin_lines"))
    paper.text(
        f"现将{answers.period.formal}全区河长制工作情况通报如下，{answers.reach(0).replace(' ', '')}。", together=True
    )
    sections = (
        (
            "总体情况",
            [
                *say.overall(bands, answers.rows("district_metrics"), known=answers.fresh["chiefs"]),
                say.ranked(answers.rows("town_ranking"), answers.period),
            ],
        ),
        (say.SCORES, say.scores(units, lines)),
        ("问题上报及处理情况", say.problems(units, lines)),
        ("逾期整改情况", say.overdue(answers.rows("overdue_by_town"))),
        ("部门执法情况", say.enforcement(answers.rows("enforcement_by_department"))),
    )
    for heading, paragraphs in sections:
        paper.head(heading)
        for paragraph in paragraphs:
            paper.text(paragraph.text, lead=paragraph.lead, together=paragraph.text.endswith("："))


def _enclosures(paper: Paper, answers: Answers, ranking: str, scores: str) -> None:
    bands, metrics, towns = (answers.rows(name) for name in ("chief_bands_by_town", "town_metrics", "town_list"))
    paper.enclosure("附件1", ranking)
    paper.table(RANKING, say.ranking_rows(answers.rows("town_ranking")))
    paper.enclosure("附件2", scores)
    paper.table(SCORES, say.score_rows(bands, metrics, towns))
    for place, note in enumerate(say.definitions(answers.rows("chief_bands"), answers.rows("bulletin_lines")), 1):
        paper.note(f"{'说明：' if place == 1 else ''}{place}．{note}")
