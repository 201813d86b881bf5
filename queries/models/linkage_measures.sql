-- question: What do the hand-overs (流转) of each town's problems amount to: signing (签收), handing over, 推诿?
-- grain: one row per policy version, metric and hand-over; of passed_on one per problem
-- needs: hand_overs, policy_versions
-- columns: version (date) policy version; town (code, null: no town); metric (code); day (date) on which it counts;
--   known_from (date); known_until (date) exclusive, null for ever; numerator (number); denominator (number) null for a
--   count; code (text) of the problem
-- signing_hours counts on the day of the signing. handovers counts each 交办 and 转办 of a problem on the day of its
-- first one, of which the denominator is 1. passed_on counts a problem on the day of its second 退回 or 转办.
with given as (
    select
        *,
        min(moved_at) over (partition by problem) as first_given_at,
        row_number() over (partition by problem order by step) as number
    from hand_overs
    where action in ('交办', '转办')
),

counted as (
    select
        town,
        'signing_hours' as metric,
        cast(signed_at as date) as day,
        cast(signed_at as date) as known_from,
        hours as numerator,
        1 as denominator,
        problem as code
    from given
    where signed_at is not null
    union all
    select
        town,
        'handovers' as metric,
        cast(first_given_at as date) as day,
        cast(moved_at as date) as known_from,
        1 as numerator,
        case when number = 1 then 1 else 0 end as denominator,
        problem as code
    from given
    union all
    select distinct
        town,
        'passed_on' as metric,
        cast(shirked_at as date) as day,
        cast(shirked_at as date) as known_from,
        1 as numerator,
        null as denominator,
        problem as code
    from hand_overs
    where shirked_at is not null
)

select
    policy_versions.version,
    counted.town,
    counted.metric,
    counted.day,
    counted.known_from,
    cast(null as date) as known_until,
    cast(counted.numerator as double) as numerator,
    cast(counted.denominator as double) as denominator,
    counted.code
from counted
cross join policy_versions
