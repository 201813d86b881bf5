-- question: How long does a problem take from step to step (发现 → 交办 → 签收 → 整改完成 → 销号), and where does it wait?
-- grain: one row per step in order, and one for the whole way
-- params: start date, end date, as_of date, version date, town text, department text
-- columns: step (text) 交办, 签收, 整改完成, 销号 or 全程; position (1–5); closed (件) closed in the period, the same in
--   each row; n (件) of these with both ends of the step known; median_days, longest_days (天) of the step; waiting (件)
--   not closed at as_of and waiting for this step; waiting_days (天) the longest of them has waited
-- Judged are the problems closed in the period, a rebound (反弹) from its own day on: they alone have gone the whole way.
-- 整改完成 is measured from the last step before it that is known. A problem without a transfer has no 交办 and no 签收,
-- and since not every problem is handed out, none waits for 交办.
with spells as (
    select
        standing.code,
        standing.spell,
        standing.opened_on,
        coalesce(standing.done_on, standing.closed_on) as done_on,
        standing.closed_on
    from problem_standing($as_of, $version) as standing
    inner join problems on standing.code = problems.code
    where
        (standing.closed_on is null or standing.closed_on between $start and $end)
        and ($town is null or standing.town_code = $town)
        and ($department is null or problems.department = $department)
),

moves as (
    select
        spells.code,
        spells.spell,
        min(transfers.moved_at) filter (where transfers.action = '交办') as given_at,
        min(transfers.moved_at) filter (where transfers.action = '签收') as signed_at
    from spells
    inner join transfers on spells.code = transfers.problem
    where
        cast(transfers.moved_at as date) between spells.opened_on and $as_of
        and (spells.closed_on is null or cast(transfers.moved_at as date) <= spells.closed_on)
    group by spells.code, spells.spell
),

timed as (
    select
        spells.*,
        moves.given_at,
        moves.signed_at,
        case
            when cast(moves.signed_at as date) <= coalesce(spells.done_on, $as_of) then cast(moves.signed_at as date)
            when cast(moves.given_at as date) <= coalesce(spells.done_on, $as_of) then cast(moves.given_at as date)
            else spells.opened_on
        end as begun_on
    from spells
    left join moves on spells.code = moves.code and spells.spell = moves.spell
),

steps as (
    select
        closed_on is not null as is_closed,
        unnest([
            {
                'position': 1, 'name': '交办', 'days': date_diff('day', opened_on, cast(given_at as date)),
                'waited': null
            },
            {
                'position': 2, 'name': '签收',
                'days': case when signed_at >= given_at then date_diff('second', given_at, signed_at) / 86400.0 end,
                'waited': case
                    when done_on is null and signed_at is null then date_diff('day', cast(given_at as date), $as_of)
                end
            },
            {
                'position': 3, 'name': '整改完成', 'days': date_diff('day', begun_on, done_on),
                'waited': case
                    when done_on is null and (signed_at is not null or given_at is null)
                        then date_diff('day', begun_on, $as_of)
                end
            },
            {
                'position': 4, 'name': '销号', 'days': date_diff('day', done_on, closed_on),
                'waited': date_diff('day', done_on, $as_of)
            },
            { 'position': 5, 'name': '全程', 'days': date_diff('day', opened_on, closed_on), 'waited': null }
        ]) as stage
    from timed
)

select
    stage.name as step,
    stage.position,
    count(*) filter (where is_closed) as closed,
    count(stage.days) filter (where is_closed) as n,
    cast(median(stage.days) filter (where is_closed) as double) as median_days,
    cast(max(stage.days) filter (where is_closed) as double) as longest_days,
    count(stage.waited) filter (where not is_closed) as waiting,
    max(stage.waited) filter (where not is_closed) as waiting_days
from steps
group by stage.name, stage.position
order by stage.position
