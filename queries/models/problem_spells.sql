-- question: When was each problem (问题) opened, due, done and closed, first and after a rebound (反弹)?
-- grain: one row per policy version, problem and spell (1 from its finding, 2 from its rebound)
-- needs: problems, rules, policy_versions
-- columns: version (date) policy version; code (text); town (code); spell (1 or 2); opened_on, due_on, done_on,
--   closed_on (date); reopened_on, reclosed_on (date) of the spell after this one, null without; city_listed (flag,
--   市级挂账); method (立行立改, 限期整改, 长期坚持); soon_days (天) how long before due it counts as 临期
-- 立行立改 without a date is due after the policy's days. The ledger keeps only the last completion: where that lies
-- after the rebound, the first one is lost and taken to have been in time, on the deadline or by the rebound.
with limits as (
    select
        versions.version,
        cast(max(rules.value) filter (where rules.rule = '立行立改天数') as integer) as at_once_days,
        cast(max(rules.value) filter (where rules.rule = '临期天数') as integer) as soon_days
    from policy_versions as versions
    left join rules on versions.version = rules.version
    group by versions.version
),

ledger as (
    select
        code,
        town,
        found_on,
        rebound_on,
        closed_on,
        coalesce(city_listed, false) or source = '市级挂账' as city_listed,
        coalesce(done_on, closed_on) as done_on,
        try_cast(deadline as date) as due_on,
        case
            when method is not null then method
            when deadline in ('立行立改', '长期坚持') then deadline
            else '限期整改'
        end as method
    from problems
),

dated as (
    select
        limits.*,
        ledger.*,
        coalesce(
            ledger.due_on,
            case when ledger.method = '立行立改' then ledger.found_on + limits.at_once_days end
        ) as first_due_on
    from ledger
    cross join limits
),

first_spells as (
    select
        dated.version,
        dated.code,
        dated.town,
        1 as spell,
        dated.found_on as opened_on,
        dated.first_due_on as due_on,
        case
            when dated.rebound_on is null then dated.done_on
            when least(dated.done_on, dated.closed_on) <= dated.rebound_on then least(dated.done_on, dated.closed_on)
            else least(
                dated.rebound_on, greatest(coalesce(dated.first_due_on, dated.rebound_on), dated.found_on)
            )
        end as done_on,
        case
            when dated.rebound_on is null then dated.closed_on
            else least(dated.closed_on, dated.rebound_on)
        end as closed_on,
        dated.rebound_on as reopened_on,
        case when dated.closed_on > dated.rebound_on then dated.closed_on end as reclosed_on,
        dated.city_listed,
        dated.method,
        dated.soon_days
    from dated
),

second_spells as (
    select
        dated.version,
        dated.code,
        dated.town,
        2 as spell,
        dated.rebound_on as opened_on,
        case
            when dated.due_on > dated.rebound_on then dated.due_on
            else dated.rebound_on + dated.at_once_days
        end as due_on,
        case when dated.done_on > dated.rebound_on then dated.done_on end as done_on,
        case when dated.closed_on > dated.rebound_on then dated.closed_on end as closed_on,
        cast(null as date) as reopened_on,
        cast(null as date) as reclosed_on,
        dated.city_listed,
        dated.method,
        dated.soon_days
    from dated
    where dated.rebound_on is not null
)

select * from first_spells
union all
select * from second_spells
