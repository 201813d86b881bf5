-- question: How fast are problems signed for (签收) in the whole district, and whose names are in no register?
-- grain: one row
-- params: start date, end date, as_of date
-- columns: received (次) 交办 and 转办 in the period, to anybody; problems (件) handed over in the period; signed (次)
--   signed for in the period; hours_median, hours_mean (小时) of the signed; waiting (次) neither signed for nor handed on
--   by the end of as_of; returned, passed_on (次) in the period; shirked (件, 推诿) problems returned or passed on for the
--   second time in the period; unknown (次) given in the period to a unit that is in no register; unknown_units (text)
--   their names as written
with nights as (
    select
        cast($start as timestamp) as opening,
        least($end, $as_of) + interval 1 day as closing
),

placed as (
    select
        hand_overs.* exclude (taker, taker_kind),
        case when taker_known_at < closing then taker end as taker,
        case when taker_known_at < closing then taker_kind end as taker_kind,
        action in ('交办', '转办') as is_given,
        moved_at >= opening as is_new,
        coalesce(signed_at >= opening and signed_at < closing, false) as is_signed,
        coalesce(least(signed_at, left_at) >= closing, true) as is_waiting,
        coalesce(shirked_at >= opening and shirked_at < closing, false) as is_shirked
    from hand_overs
    cross join nights
    where moved_at < closing
)

select
    count(*) filter (where is_given and is_new) as received,
    count(distinct problem) filter (where is_given and is_new) as problems,
    count(*) filter (where is_signed) as signed,
    median(hours) filter (where is_signed) as hours_median,
    avg(hours) filter (where is_signed) as hours_mean,
    count(*) filter (where is_given and is_waiting) as waiting,
    count(*) filter (where action = '退回' and is_new) as returned,
    count(*) filter (where action = '转办' and is_new) as passed_on,
    count(distinct problem) filter (where is_shirked) as shirked,
    count(*) filter (where is_given and is_new and taker_kind is null) as unknown,
    string_agg(distinct taker, '、' order by taker) filter (where is_given and is_new and taker_kind is null)
        as unknown_units
from placed
