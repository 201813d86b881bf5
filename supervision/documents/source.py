"""Where a document's figures come from, as every page of it says."""

from supervision.answers import Answers
from supervision.formats import full_date

DEMONSTRATION = "演示数据，不作依据"


def running_head(answers: Answers) -> str:
    """Until when the data reaches, in which batch, and whether it is only a demonstration."""
    parts = [f"数据截至{full_date(answers.as_of)}", f"第{answers.snapshot.info.batch}批"]
    return "　".join(parts + ([DEMONSTRATION] if answers.fresh["demo"] else []))
