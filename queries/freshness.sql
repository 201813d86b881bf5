-- question: How fresh is the data, and how much of it is there? (数据截至)
-- grain: one row
-- columns: newest_fact, oldest_fact (date) null when nothing is imported; towns, departments, chiefs, patrols,
--   problems, enforcement (rows); demo (flag) holds invented demonstration data (演示数据)
select
    span.newest as newest_fact,
    span.oldest as oldest_fact,
    (select count(*) from towns) as towns,
    (select count(*) from departments) as departments,
    (select count(*) from chiefs) as chiefs,
    (select count(*) from patrols) as patrols,
    (select count(*) from problems) as problems,
    (select count(*) from enforcement) as enforcement,
    (select coalesce(bool_or(demo), false) from import_log) as demo
from facts_span as span
