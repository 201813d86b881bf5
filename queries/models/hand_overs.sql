-- question: How did each problem (问题) go from unit to unit (流转), and when did each unit sign for it (签收)?
-- grain: one row per problem and step: 交办, 转办, 退回 or 反馈; what repeats the step before is left out
-- needs: transfers, unit_names, problems
-- columns: problem (code); town (code) of the problem; step (1 …); moved_at (moment); action (text); giver (text) unit
--   as in the register, else as written; giver_kind (部门 or 镇乡街道) null: not in the register; taker (text); taker_kind
--   (部门 or 镇乡街道) of the unit that it goes to, likewise; taker_known_at (moment) from when on that is known: where no
--   taker is written, from its signing on; signed_at (moment) 签收 of what was given by 交办 or 转办; hours (小时) from
--   giving to signing; left_at (moment) of the next step; left_by (text) its action; passes (次) 退回 and
--   转办 of the problem so far; shirked_at (moment) of its second one (推诿)
-- A 交办 or 转办 is signed by the first 签收 of its taker before the problem is handed on or returned; where no taker
-- is written, by the first 签收 of anybody. Given again to the unit that holds it, it is the same hand-over.
with named as (
    select
        transfers.problem,
        transfers.moved_at,
        transfers.action,
        coalesce(givers.unit, nullif(trim(transfers.from_unit), '')) as giver,
        givers.kind as giver_kind,
        coalesce(takers.unit, nullif(trim(transfers.to_unit), '')) as taker,
        takers.kind as taker_kind,
        case transfers.action when '交办' then 1 when '退回' then 2 when '转办' then 3 else 4 end as turn
    from transfers
    left join unit_names as givers on replace(replace(transfers.from_unit, ' ', ''), '　', '') = givers.written
    left join unit_names as takers on replace(replace(transfers.to_unit, ' ', ''), '　', '') = takers.written
),

followed as (
    select
        *,
        lag(action) over (partition by problem order by moved_at, turn) as last_action,
        lag(giver) over (partition by problem order by moved_at, turn) as last_giver,
        lag(taker) over (partition by problem order by moved_at, turn) as last_taker,
        lag(taker_kind) over (partition by problem order by moved_at, turn) as last_taker_kind
    from named
    where action in ('交办', '转办', '退回', '反馈')
),

steps as (
    select
        problem,
        moved_at,
        action,
        case when action = '交办' then giver else coalesce(giver, last_taker) end as giver,
        case when action = '交办' or giver is not null then giver_kind else last_taker_kind end as giver_kind,
        taker,
        taker_kind,
        turn,
        row_number() over (partition by problem order by moved_at, turn) as step,
        lead(moved_at) over (partition by problem order by moved_at, turn) as left_at,
        lead(action) over (partition by problem order by moved_at, turn) as left_by,
        min(case when action <> '反馈' then moved_at end) over (
            partition by problem order by moved_at, turn rows between 1 following and unbounded following
        ) as handed_on_at,
        sum(case when action in ('退回', '转办') then 1 else 0 end) over (
            partition by problem order by moved_at, turn rows between unbounded preceding and current row
        ) as passes
    from followed
    where not coalesce(
        (action in ('交办', '转办') and last_action in ('交办', '转办') and taker = last_taker)
        or (action = '退回' and last_action = '退回' and coalesce(giver, '') = coalesce(last_giver, '')), false
    )
),

signings as (
    select
        steps.problem,
        steps.step,
        min(signed.moved_at) as signed_at,
        min_by(coalesce(signed.giver, signed.taker), signed.moved_at) as signer,
        min_by(coalesce(signed.giver_kind, signed.taker_kind), signed.moved_at) as signer_kind
    from steps
    inner join named as signed
        on
            steps.problem = signed.problem
            and steps.moved_at <= signed.moved_at
            and (
                (
                    steps.taker in (signed.giver, signed.taker)
                    and (steps.handed_on_at is null or steps.handed_on_at >= signed.moved_at)
                )
                or (
                    (steps.taker is null or coalesce(signed.giver, signed.taker) is null)
                    and (steps.handed_on_at is null or steps.handed_on_at > signed.moved_at)
                )
            )
    where signed.action = '签收' and steps.action in ('交办', '转办')
    group by steps.problem, steps.step
)

select
    steps.problem,
    problems.town,
    cast(steps.step as bigint) as step,
    steps.moved_at,
    steps.action,
    steps.giver,
    steps.giver_kind,
    coalesce(steps.taker, signings.signer) as taker,
    case when steps.taker is null then signings.signer_kind else steps.taker_kind end as taker_kind,
    case when steps.taker is null then signings.signed_at else steps.moved_at end as taker_known_at,
    signings.signed_at,
    date_diff('second', steps.moved_at, signings.signed_at) / 3600.0 as hours,
    steps.left_at,
    steps.left_by,
    cast(steps.passes as bigint) as passes,
    min(case when steps.passes = 2 then steps.moved_at end) over (partition by steps.problem) as shirked_at
from steps
inner join problems on steps.problem = problems.code
left join signings on steps.problem = signings.problem and steps.step = signings.step
