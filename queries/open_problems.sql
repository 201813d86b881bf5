-- question: Which problems are open at the end of a day, which hurt most, and whose are they?
-- grain: one row per open problem, what hurts most first
-- params: as_of date, version date, town text, department text
-- columns: code, town, department, person, category, description, source (text) as in the ledger; found_on, due_on
--   (date); method (text); days_late (天) null without a deadline, negative before it; state (text) 逾期, 临期, 在期,
--   无时限 or 长期坚持; rebounded (flag) open again (反弹); city_listed (flag, 市级挂账); section, river, notice (text);
--   severity (text); late_done (flag); done_on, closed_on (date) null; handed_on (次, 转办、退回); position (1, 2, …) the
--   order, by the rule of problem_list; measures (text, 整改措施)
select *
from problem_list($as_of, $version, $town, $department, null)
order by position
