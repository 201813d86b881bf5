-- question: Which inspection (迎检, 督察) comes next, or came last, and how many days is it to it?
-- grain: one row, none where the policy names no inspection
-- params: as_of date, version date
-- columns: inspection (text) 对象 of the rule; starts_on, ends_on (date); days_to (天) from as_of to its first day,
--   negative once it began; stage (text) 未到, 进驻中 or 已结束; origin (text) source of the date
-- One under way or still to come goes before one that is over, the nearer first.
with inspections as (
    select
        subject as inspection,
        try_cast(argument as date) as starts_on,
        try_cast(argument as date) + cast(value as integer) - 1 as ends_on,
        origin
    from rules
    where version = $version and rule = '迎检日期'
)

select
    inspection,
    starts_on,
    ends_on,
    date_diff('day', $as_of, starts_on) as days_to,
    case
        when $as_of < starts_on then '未到'
        when $as_of <= ends_on then '进驻中'
        else '已结束'
    end as stage,
    origin
from inspections
where starts_on is not null
order by ends_on < $as_of, case when ends_on < $as_of then date '1900-01-01' - starts_on else starts_on - $as_of end
limit 1
