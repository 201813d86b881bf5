-- question: Which towns are there, and how does each stand in the assessment on a day?
-- grain: one row per town
-- params: as_of date
-- columns: town_code, town (text) code and name; sort_order (number); status (text) 正常, 试考核 or 暂停考核;
--   status_from, status_to (date) null when 正常; status_reason (text)
with standing as (
    select
        *,
        coalesce(status, '正常') <> '正常'
        and coalesce(status_from, $as_of) <= $as_of
        and coalesce(status_to, $as_of) >= $as_of as apart
    from towns
)

select
    code as town_code,
    name as town,
    sort_order,
    case when apart then status else '正常' end as status,
    case when apart then status_from end as status_from,
    case when apart then status_to end as status_to,
    case when apart then status_reason end as status_reason
from standing
order by sort_order, town_code
