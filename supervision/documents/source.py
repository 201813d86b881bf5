"""Where a document's figures come from, as every page of it says."""

from supervision.answers import Answers

DEMONSTRATION = "演示数据，不作依据"


def running_head(answers: Answers) -> str:
    """Until when the data reaches, in which batch, and whether it is only a demonstration."""
    parts = [answers.reach(0).replace(" ", ""), f"第{answers.snapshot.info.batch}批"]
    return "　".join(parts + ([DEMONSTRATION] if answers.fresh["demo"] else []))
