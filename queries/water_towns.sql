-- question: Which towns' points (断面) met their target in the newest month, and how many got better or worse?
-- grain: one row per town with points, the least met first; the district last, town null
-- params: as_of date, town text
-- columns: town (text); month (date) first day of the newest month of all, whose last day is not after as_of; points
--   (个); ok, assessed (个) met their target, and could be judged, in that month; share (share) its water_ok; ok_before,
--   assessed_before (个) in the month before; share_before (share) its water_ok then; better, worse (个) by class than
--   the assessed month before; dry, frozen, suspended, unmeasured (个) not assessed
with listed as (
    select
        *,
        month = newest as is_now,
        month = newest - interval 1 month as is_before
    from water_points($as_of, $town)
)

select
    town,
    any_value(newest) as month,
    count(*) filter (where is_now) as points,
    count(*) filter (where is_now and standing = '达标') as ok,
    count(*) filter (where is_now and standing in ('达标', '不达标')) as assessed,
    count(*) filter (where is_now and standing = '达标')
    / nullif(count(*) filter (where is_now and standing in ('达标', '不达标')), 0) as share,
    count(*) filter (where is_before and standing = '达标') as ok_before,
    count(*) filter (where is_before and standing in ('达标', '不达标')) as assessed_before,
    count(*) filter (where is_before and standing = '达标')
    / nullif(count(*) filter (where is_before and standing in ('达标', '不达标')), 0) as share_before,
    count(*) filter (where is_now and step > 0) as better,
    count(*) filter (where is_now and step < 0) as worse,
    count(*) filter (where is_now and standing = '河干') as dry,
    count(*) filter (where is_now and standing = '封冻') as frozen,
    count(*) filter (where is_now and standing = '暂停考核') as suspended,
    count(*) filter (where is_now and standing = '未测') as unmeasured
from listed
group by rollup (town)
having count(*) > 0
order by town is null, share nulls last, assessed - ok desc, town
