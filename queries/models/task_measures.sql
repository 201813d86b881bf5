-- question: How far is each task (重点任务), so that towns can be compared by it?
-- grain: one row per policy version and task with a planned amount
-- needs: tasks, policy_versions
-- columns: version (date) policy version; town (code); metric (text) task_progress; day (date) null, a state holds
--   whatever the period; known_from (date) the task's first day; known_until (date) null; numerator (share) of the
--   plan that is done, at most 1, 0 where none is reported; denominator (number) 1; code (text) the task's
-- 完成量 has no day of its own: it is the state of the last import. A task without a planned amount is not measured.
select
    versions.version,
    tasks.town,
    'task_progress' as metric,
    cast(null as date) as day,
    coalesce(tasks.started_on, date '1900-01-01') as known_from,
    cast(null as date) as known_until,
    cast(least(coalesce(tasks.done, 0) / nullif(tasks.planned, 0), 1) as double) as numerator,
    cast(1 as double) as denominator,
    tasks.code
from tasks
cross join policy_versions as versions
where tasks.planned > 0
