-- question: How did each town keep its patrol duty (巡河履职), level by level, and what made patrols invalid?
-- grain: one row per town, and one (town null) for chiefs who belong to none when they owe or walked anything
-- params: start date, end date, as_of date, version date
-- columns: town, town_code (text); section_done, section_required, village_done, village_required, town_done,
--   town_required, district_done, district_required (次) of duty windows that end in the period, by level of chief, null
--   without duty; invalid, patrols (次) null without a patrol; too_short, too_near, too_fast, unrecorded, too_long,
--   too_soon, outside, overlapping (次) a patrol counts under each of its reasons; section_rate, village_rate,
--   town_rate, district_rate (share) done of required; invalid_rate (share) invalid of patrols
with totals as (
    select
        town as town_code,
        item,
        cast(sum(numerator) as bigint) as n,
        cast(sum(denominator) as bigint) as d
    from town_patrol_days
    where version = $version and day between $start and least($end, $as_of)
    group by town, item
),

duties as (
    select
        town_code,
        max(n) filter (where item = '段长') as section_done,
        max(d) filter (where item = '段长') as section_required,
        max(n) filter (where item = '村级') as village_done,
        max(d) filter (where item = '村级') as village_required,
        max(n) filter (where item = '镇级') as town_done,
        max(d) filter (where item = '镇级') as town_required,
        max(n) filter (where item = '区级') as district_done,
        max(d) filter (where item = '区级') as district_required,
        max(n) filter (where item = 'invalid') as invalid,
        max(d) filter (where item = 'invalid') as patrols,
        coalesce(max(n) filter (where item = 'too_short'), 0) as too_short,
        coalesce(max(n) filter (where item = 'too_near'), 0) as too_near,
        coalesce(max(n) filter (where item = 'too_fast'), 0) as too_fast,
        coalesce(max(n) filter (where item = 'unrecorded'), 0) as unrecorded,
        coalesce(max(n) filter (where item = 'too_long'), 0) as too_long,
        coalesce(max(n) filter (where item = 'too_soon'), 0) as too_soon,
        coalesce(max(n) filter (where item = 'outside'), 0) as outside,
        coalesce(max(n) filter (where item = 'overlapping'), 0) as overlapping
    from totals
    group by town_code
)

select
    towns.name as town,
    coalesce(towns.code, duties.town_code) as town_code,
    duties.* exclude (town_code),
    duties.section_done / nullif(duties.section_required, 0) as section_rate,
    duties.village_done / nullif(duties.village_required, 0) as village_rate,
    duties.town_done / nullif(duties.town_required, 0) as town_rate,
    duties.district_done / nullif(duties.district_required, 0) as district_rate,
    duties.invalid / nullif(duties.patrols, 0) as invalid_rate
from towns
full outer join duties on towns.code = duties.town_code
order by towns.sort_order nulls last, towns.code
