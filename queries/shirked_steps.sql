-- question: Which problems were returned or passed on twice or more (推诿), and from unit to unit how?
-- grain: one row per problem and step (交办, 转办, 退回, 反馈), the problem with most hand-overs first; problems that were
--   so in the period, or earlier and are still open
-- params: start date, end date, as_of date, version date, town text, department text
-- columns: problem (code); town, category, description, department (text, 责任部门); found_on (date); state (text) at
--   as_of; days (天) since the first step; passes (次) 退回 and 转办 so far; shirked_on (date) of the second one; is_new
--   (flag) that day is in the period; step (1 …); moved_at (moment); action, giver, taker (text); signed_at (moment)
with standing as (
    select code, state
    from problem_standing($as_of, $version)
    qualify row_number() over (partition by code order by spell desc) = 1
),

shirked as (
    select
        hand_overs.*,
        max(passes) over (partition by problem) as all_passes,
        min(moved_at) over (partition by problem) as first_moved_at
    from hand_overs
    where
        shirked_at < $as_of + interval 1 day
        and moved_at < $as_of + interval 1 day
        and ($town is null or town = $town)
)

select
    shirked.problem,
    towns.name as town,
    problems.category,
    problems.description,
    problems.department,
    problems.found_on,
    standing.state,
    date_diff('day', cast(shirked.first_moved_at as date), $as_of) as days,
    shirked.all_passes as passes,
    cast(shirked.shirked_at as date) as shirked_on,
    shirked.shirked_at >= $start and shirked.shirked_at < $end + interval 1 day as is_new,
    shirked.step,
    shirked.moved_at,
    shirked.action,
    shirked.giver,
    case when shirked.taker_known_at < $as_of + interval 1 day then shirked.taker end as taker,
    case when shirked.signed_at < $as_of + interval 1 day then shirked.signed_at end as signed_at
from shirked
inner join problems on shirked.problem = problems.code
inner join standing on shirked.problem = standing.code
left join towns on shirked.town = towns.code
where
    (is_new or standing.state not in ('待销号', '已销号'))
    and (
        $department is null
        or shirked.problem in (
            select involved.problem
            from hand_overs as involved
            where
                involved.moved_at < $as_of + interval 1 day
                and (
                    involved.giver = $department
                    or (involved.taker = $department and involved.taker_known_at < $as_of + interval 1 day)
                )
        )
    )
order by passes desc, days desc, shirked.problem, shirked.step
