-- question: What came back (反弹) in a period, by which sign, and how soon?
-- grain: one row per rebound, the newest first
-- params: start date, end date, as_of date, version date, town text, department text
-- columns: kind (text) 台账反弹, 同类再现 or 排污口反弹; code (text) problem or outfall; town, department, category,
--   source, section, river, description (text) null where the ledger names none; day (date) of the rebound; first_code
--   (text) what was put right before; first_closed_on (date); days (天) from the closing to the rebound
select
    rebounds.kind,
    rebounds.code,
    towns.name as town,
    problems.department,
    rebounds.category,
    problems.source,
    sections.name as section,
    sections.river,
    problems.description,
    rebounds.day,
    rebounds.first_code,
    rebounds.first_closed_on,
    date_diff('day', rebounds.first_closed_on, rebounds.day) as days
from rebounds
inner join towns on rebounds.town = towns.code
left join problems on rebounds.code = problems.code and rebounds.kind <> '排污口反弹'
left join sections on rebounds.section = sections.code
where
    rebounds.version = $version
    and rebounds.day between $start and least($end, $as_of)
    and ($town is null or rebounds.town = $town)
    and ($department is null or problems.department = $department)
order by rebounds.day desc, rebounds.kind, rebounds.code
