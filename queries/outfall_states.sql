-- question: How does each outfall (排污口) stand at the end of a day, and which came back once sealed (反弹)?
-- grain: one row per outfall checked by as_of, those that are back first
-- params: as_of date, version date, town text
-- columns: code, town, section, river (text); checked_on (date) of the last check; state (text) its finding: 已封堵,
--   规范保留, 整治中 or 反弹; checks (次); sealed_on (date) first found sealed; rebounds (次) the events 排污口反弹 of the
--   model rebounds; rebound_on (date) the last of them; is_back (flag) found 反弹, or came back and is put right by no
--   check since; put_right (flag) came back, and was found sealed or kept by rule at the last check
with states as (
    select
        code,
        arg_max(town, checked_on) as town,
        arg_max(section, checked_on) as section,
        max(checked_on) as checked_on,
        arg_max(state, checked_on) as state,
        count(*) as checks,
        min(checked_on) filter (where state = '已封堵') as sealed_on
    from outfalls
    where checked_on <= $as_of
    group by code
),

returns as (
    select
        code,
        count(*) as rebounds,
        max(day) as rebound_on
    from rebounds
    where version = $version and kind = '排污口反弹' and day <= $as_of
    group by code
),

judged as (
    select
        states.*,
        coalesce(returns.rebounds, 0) as rebounds,
        returns.rebound_on,
        states.state = '反弹' or (returns.rebounds > 0 and states.state = '整治中') as is_back
    from states
    left join returns on states.code = returns.code
    where $town is null or states.town = $town
)

select
    judged.code,
    towns.name as town,
    sections.name as section,
    sections.river,
    judged.checked_on,
    judged.state,
    judged.checks,
    judged.sealed_on,
    judged.rebounds,
    judged.rebound_on,
    coalesce(judged.is_back, false) as is_back,
    judged.rebounds > 0 and judged.state in ('已封堵', '规范保留') as put_right
from judged
inner join towns on judged.town = towns.code
left join sections on judged.section = sections.code
order by is_back desc, put_right desc, judged.state, judged.code
