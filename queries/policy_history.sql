-- question: Which rules does the 考核办法 hold: in force now, before and later, and from when to when?
-- grain: one row per rule, subject (对象) and date of effect, as in the policy workbook
-- params: version date
-- columns: effective_from (date); rule, subject, method (text); value (as unit says); unit, argument, note (text);
--   origin (text) its source, or 示例 where it is our own choice; state (现行, 以前, 以后) in force on the version's day or
--   not; replaced_on (date) the day from which it is in force no more, null while nothing replaces it
with spans as (
    select
        rule,
        subject,
        effective_from,
        max(version) as last_version,
        bool_or(version = $version) as in_force
    from rules
    group by rule, subject, effective_from
)

select
    policy.effective_from,
    policy.rule,
    policy.subject,
    policy.method,
    policy.value,
    policy.unit,
    policy.argument,
    policy.note,
    policy.origin,
    case when spans.in_force then '现行' when policy.effective_from > $version then '以后' else '以前' end as state,
    (
        select min(version) from policy_versions
        where version > spans.last_version
    ) as replaced_on
from policy
inner join spans
    on policy.rule = spans.rule and policy.subject = spans.subject and policy.effective_from = spans.effective_from
order by policy.rule, policy.subject, policy.effective_from
