-- question: What stands behind the patrol figures of a town and day: duty by level, invalid patrols by reason?
-- grain: one row per policy version, town (null: chiefs of no town), day and item
-- needs: patrol_checks, duty_days
-- columns: version (date) policy version; town (code); day (date); item (text) a level of chief (区级 … 段长) for its duty,
--   invalid, or the name of a reason's flag in patrol_checks; numerator (次) done, invalid, or patrols with that reason;
--   denominator (次) required, or all patrols, null for a reason
-- A patrol counts under each of its reasons, so that reasons do not add up to the invalid.
with flagged as (
    select
        version,
        town,
        day,
        count(*) as patrols,
        count(*) filter (where not valid) as invalid,
        count(*) filter (where too_short) as too_short,
        count(*) filter (where too_near) as too_near,
        count(*) filter (where too_fast) as too_fast,
        count(*) filter (where unrecorded) as unrecorded,
        count(*) filter (where too_long) as too_long,
        count(*) filter (where too_soon) as too_soon,
        count(*) filter (where outside) as outside,
        count(*) filter (where overlapping) as overlapping
    from patrol_checks
    group by version, town, day
)

select
    version,
    town,
    day,
    level as item,
    cast(done as bigint) as numerator,
    cast(required as bigint) as denominator
from duty_days
union all
select
    version,
    town,
    day,
    item,
    numerator,
    case when item = 'invalid' then patrols end as denominator
from flagged unpivot (
    numerator for item in (
        invalid, too_short, too_near, too_fast, unrecorded, too_long, too_soon, outside, overlapping
    )
)
where numerator > 0 or item = 'invalid'
