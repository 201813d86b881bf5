"""部门执法: which departments enforce little (执法量少、执法力度小), and by which stated limit."""

from supervision import footnotes, reasons, titles
from supervision.view import html, shell, strip

shell.need("departments", "enforcement")
period = shell.period()
departments = shell.rows("enforcement_by_department")
trend = shell.trend("enforcement_total")

html.show(
    "head",
    title=titles.enforcement(departments, period),
    question="哪些部门执法量少、执法力度小，依据是什么",
)
strip.show(strip.enforcement(trend, departments, period))
ordered = departments.sort_values(
    ["field", "inspections_per_officer", "department"], ascending=[True, False, True], na_position="last"
)
rows = html.records(ordered)
html.show(
    "enforcement",
    fields=html.grouped(rows, "field"),
    verdicts={row["department"]: reasons.verdict(row) for row in rows},
    widest=max((row["inspections_per_officer"] or 0 for row in rows), default=0),
    limit_text=footnotes.limit_text(departments),
    before=period.name_of_previous,
)
html.show("foot", text=footnotes.enforcement_foot(trend, period, shell.fresh()["newest_fact"]))
