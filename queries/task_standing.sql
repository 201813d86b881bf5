-- question: How far is each task (重点任务) begun by a day, and is it behind or ahead of its time?
-- grain: one row per task begun by as_of, what is overdue and farthest behind first
-- params: as_of date, version date, town text, department text
-- columns: code, field, town, department, river, task, unit, plan_document, tag (text) as imported; planned, done (as
--   unit says); started_on, due_on (date); share_done (share) min(done ÷ planned, 1), null without a planned amount;
--   share_time (share) of the days from start to due gone by as_of, both ends counted, null before due without a
--   start; behind (share) share_time less share_done, negative when ahead; behind_limit (share) null judges nothing;
--   state (text) 已完成, 逾期 due before as_of, 滞后 behind by more than the limit, 按进度, 未判 no plan, start or limit to judge
--   by
with limits as (
    select max(value) as behind_limit
    from rules
    where version = $version and rule = '任务滞后'
),

shares as (
    select
        tasks.*,
        limits.behind_limit,
        measures.numerator as share_done,
        case
            when $as_of >= tasks.due_on then 1
            when tasks.started_on <= tasks.due_on
                then
                    (date_diff('day', tasks.started_on, $as_of) + 1)
                    / cast(date_diff('day', tasks.started_on, tasks.due_on) + 1 as double)
        end as share_time
    from tasks
    cross join limits
    left join task_measures as measures on tasks.code = measures.code and measures.version = $version
    where
        coalesce(tasks.started_on <= $as_of, true)
        and ($town is null or tasks.town = $town)
        and ($department is null or tasks.department = $department)
),

judged as (
    select
        *,
        share_time - share_done as behind
    from shares
)

select
    judged.code,
    judged.field,
    towns.name as town,
    judged.department,
    judged.river,
    judged.task,
    judged.unit,
    judged.plan_document,
    judged.tag,
    judged.planned,
    judged.done,
    judged.started_on,
    judged.due_on,
    judged.share_done,
    judged.share_time,
    judged.behind,
    judged.behind_limit,
    case
        when judged.share_done >= 1 then '已完成'
        when judged.share_done is null then '未判'
        when judged.due_on < $as_of then '逾期'
        when judged.behind > judged.behind_limit then '滞后'
        when judged.behind <= judged.behind_limit then '按进度'
        else '未判'
    end as state
from judged
inner join towns on judged.town = towns.code
order by judged.due_on < $as_of and judged.share_done < 1 desc, judged.behind desc nulls last, judged.code
