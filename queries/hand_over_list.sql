-- question: What was each unit handed (交办、转办) in the period or still has to sign for (签收), and how long did it take?
-- grain: one row per hand-over, the longest unsigned first
-- params: start date, end date, as_of date, town text, department text
-- columns: problem (code); town, category, description (text) of it; moved_at (moment); action, giver, taker (text);
--   signed_at (moment) null when not by the end of as_of; hours (小时) from giving to signing, or till the end of as_of
--   while it waits; state (text) 已签收, 未签收, or 未签收已退回 (已转办, 已反馈, 已交办) when it left unsigned
with nights as (
    select
        cast($start as timestamp) as opening,
        least($end, $as_of) + interval 1 day as closing
),

known as (
    select
        hand_overs.* exclude (taker),
        nights.closing,
        case when taker_known_at < closing then taker end as taker,
        case when signed_at < closing then signed_at end as known_signed_at,
        case
            when signed_at < closing then '已签收'
            when left_at < closing then '未签收已' || left_by
            else '未签收'
        end as state
    from hand_overs
    cross join nights
    where
        action in ('交办', '转办')
        and moved_at < closing
        and (moved_at >= opening or signed_at >= opening or coalesce(least(signed_at, left_at) >= closing, true))
        and ($department is null or (hand_overs.taker = $department and taker_known_at < closing))
        and ($town is null or hand_overs.town = $town)
)

select
    known.problem,
    towns.name as town,
    problems.category,
    problems.description,
    known.moved_at,
    known.action,
    known.giver,
    known.taker,
    known.known_signed_at as signed_at,
    case
        when known.state = '已签收' then known.hours
        when known.state = '未签收' then date_diff('second', known.moved_at, known.closing) / 3600.0
    end as hours,
    known.state
from known
inner join problems on known.problem = problems.code
left join towns on known.town = towns.code
order by known.state <> '未签收', hours desc nulls last, known.moved_at, known.problem
