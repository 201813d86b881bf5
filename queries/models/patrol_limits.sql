-- question: By which limits is a patrol of each level of chief judged valid (有效巡河)?
-- grain: one row per policy version and level of chief
-- needs: rules, policy_versions, chiefs
-- columns: version (date) policy version; level (text); min_minutes (分钟); max_minutes (分钟); min_km (公里);
--   max_kmh (公里/小时); min_gap_hours (小时); record_needed (flag). A limit that the policy leaves out is null.
-- A rule for the level goes before the rule for all (对象 empty).
with levels as (
    select distinct level
    from chiefs
),

applicable as (
    select
        versions.version,
        levels.level,
        rules.rule,
        arg_max(rules.value, rules.subject = levels.level) as value
    from policy_versions as versions
    cross join levels
    left join rules on versions.version = rules.version and rules.subject in (levels.level, '')
    group by versions.version, levels.level, rules.rule
)

select
    version,
    level,
    max(value) filter (where rule = '时长下限') as min_minutes,
    max(value) filter (where rule = '时长上限') as max_minutes,
    max(value) filter (where rule = '里程下限') as min_km,
    max(value) filter (where rule = '速度上限') as max_kmh,
    max(value) filter (where rule = '间隔下限') as min_gap_hours,
    coalesce(max(value) filter (where rule = '留痕要求'), 0) = 1 as record_needed
from applicable
group by version, level
