-- question: How often must a chief of each level patrol (巡河频次)?
-- grain: one row per policy version and level of chief that has a norm
-- needs: rules, chiefs
-- columns: version (date) policy version; level (text); method (text) 按人 or 按河段; unit (text) 次/日 … 次/年;
--   required (次) per window; first_month, last_month (month) in season, 1 and 12 without a season
-- A rule for the level goes before the rule for all (对象 empty).
with levels as (
    select distinct level
    from chiefs
),

norms as (
    select
        rules.version,
        levels.level,
        arg_max(coalesce(nullif(rules.method, ''), '按人'), rules.subject = levels.level) as method,
        arg_max(rules.unit, rules.subject = levels.level) as unit,
        arg_max(rules.value, rules.subject = levels.level) as required,
        arg_max(coalesce(nullif(rules.argument, ''), '1-12'), rules.subject = levels.level) as season
    from rules
    cross join levels
    where rules.rule = '巡河频次' and rules.subject in (levels.level, '')
    group by rules.version, levels.level
)

select
    version,
    level,
    method,
    unit,
    cast(required as bigint) as required,
    cast(split_part(season, '-', 1) as integer) as first_month,
    cast(split_part(season, '-', 2) as integer) as last_month
from norms
