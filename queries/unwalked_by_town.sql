-- question: How many sections of each town did nobody walk in a period? (未巡河段)
-- grain: one row per town that has sections
-- params: start date, as_of date
-- columns: town_code (text); sections (段) in all; unwalked (段) without a patrol
select
    sections.town as town_code,
    count(*) as sections,
    count(unwalked.section) as unwalked
from sections
left join unwalked_sections($start, $as_of, null) as unwalked on sections.code = unwalked.section
group by sections.town
order by sections.town
