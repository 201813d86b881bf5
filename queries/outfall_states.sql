-- question: How does each outfall (排污口) stand at the end of a day, and which came back once sealed (反弹)?
-- grain: one row per outfall checked by as_of, those that came back first
-- params: as_of date, town text
-- columns: code, town, section, river (text); checked_on (date) of the last check; state (text) its finding: 已封堵,
--   规范保留, 整治中 or 反弹; checks (次); sealed_on (date) first found sealed; rebound_on (date) first found otherwise at the
--   check after a sealed one, or 反弹; rebounds (次) how often that happened; sealed_again (flag) sealed at the last
--   check nevertheless
with checks as (
    select
        code,
        town,
        section,
        checked_on,
        state,
        case
            when state = '反弹' then coalesce(lag(state) over (partition by code order by checked_on), '') <> '反弹'
            else state <> '已封堵' and lag(state) over (partition by code order by checked_on) = '已封堵'
        end as came_back
    from outfalls
    where checked_on <= $as_of
),

states as (
    select
        code,
        arg_max(town, checked_on) as town,
        arg_max(section, checked_on) as section,
        max(checked_on) as checked_on,
        arg_max(state, checked_on) as state,
        count(*) as checks,
        min(checked_on) filter (where state = '已封堵') as sealed_on,
        min(checked_on) filter (where came_back) as rebound_on,
        count(*) filter (where came_back) as rebounds
    from checks
    group by code
)

select
    states.code,
    towns.name as town,
    sections.name as section,
    sections.river,
    states.checked_on,
    states.state,
    states.checks,
    states.sealed_on,
    states.rebound_on,
    states.rebounds,
    states.rebounds > 0 and states.state = '已封堵' as sealed_again
from states
inner join towns on states.town = towns.code
left join sections on states.section = sections.code
where $town is null or states.town = $town
order by states.rebounds > 0 and states.state <> '已封堵' desc, states.rebounds > 0 desc, states.state, states.code
