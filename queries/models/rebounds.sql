-- question: What came back (反弹) after it was put right, when, and by which of three signs?
-- grain: one row per policy version and event
-- needs: problems, outfalls, problem_spells, policy_versions, rules
-- columns: version (date) policy version; kind (text) 台账反弹 the ledger gives a 反弹日期, 同类再现 the same category on
--   the same section found again within the policy's 反弹天数 of the closing, 排污口反弹 sealed once, a later check says
--   neither 已封堵 nor 规范保留; code (text) the problem or outfall that is back; town, section (code); category (text);
--   day (date) of the rebound; first_code (text) what was put right before; first_closed_on (date)
--   when
-- On a section and category the problem closed last counts, so an event has one row. A problem that the ledger itself
-- reopened is no longer closed: what is found after that is the same rebound. Found on one day is not found again.
-- Without a section, or a version without the limit, no repeat is judged.
with closings as (
    select
        spells.code,
        problems.town,
        problems.section,
        problems.category,
        problems.found_on,
        spells.closed_on,
        spells.reopened_on
    from problem_spells as spells
    inner join problems on spells.code = problems.code
    where spells.version = (select min(version) from policy_versions) and problems.section is not null
),

-- Closed on the day of its own finding comes after the findings of that day, any other closing before them.
moments as (
    select
        section,
        category,
        closed_on as day,
        case when closed_on = found_on then 2 else 0 end as turn,
        code,
        town,
        closed_on,
        reopened_on,
        code as closed_code
    from closings
    where closed_on is not null
    union all
    select
        section,
        category,
        found_on as day,
        1 as turn,
        code,
        town,
        cast(null as date) as closed_on,
        cast(null as date) as reopened_on,
        cast(null as varchar) as closed_code
    from problems
    where section is not null
),

findings as (
    select
        *,
        last_value(closed_code ignore nulls) over before as first_code,
        last_value(closed_on ignore nulls) over before as first_closed_on,
        last_value(coalesce(reopened_on, case when turn <> 1 then date '9999-12-31' end) ignore nulls)
            over before as open_again_on
    from moments
    window before as (partition by section, category order by day, turn, code rows unbounded preceding)
),

limits as (
    select version, cast(max(value) as integer) as days
    from rules
    where rule = '反弹天数'
    group by version
),

checks as (
    select
        *,
        lag(state) over outfall as last_state,
        max(case when state = '已封堵' then checked_on end) over outfall as sealed_on
    from outfalls
    window outfall as (partition by code order by checked_on)
)

select
    spells.version, '台账反弹' as kind, spells.code, spells.town, problems.section, problems.category,
    spells.opened_on as day, spells.code as first_code, firsts.closed_on as first_closed_on
from problem_spells as spells
inner join problems on spells.code = problems.code
inner join problem_spells as firsts
    on spells.code = firsts.code and spells.version = firsts.version and firsts.spell = 1
where spells.spell = 2
union all
select
    limits.version, '同类再现' as kind, findings.code, findings.town, findings.section, findings.category,
    findings.day, findings.first_code, findings.first_closed_on
from findings
inner join limits on date_diff('day', findings.first_closed_on, findings.day) between 0 and limits.days
where findings.turn = 1 and findings.open_again_on > findings.day
union all
select
    versions.version, '排污口反弹' as kind, checks.code, checks.town, checks.section, '排污口' as category,
    checks.checked_on as day, checks.code as first_code, checks.sealed_on as first_closed_on
from checks
cross join policy_versions as versions
where
    checks.state not in ('已封堵', '规范保留')
    and checks.last_state in ('已封堵', '规范保留')
    and checks.sealed_on is not null
