-- question: Which assessed months of which points (断面) met their target class, so that towns can be compared by it?
-- grain: one row per policy version, point and month that is assessed
-- needs: water_months, policy_versions
-- columns: version (date) policy version; town (code); metric (text) water_ok; day, known_from (date) the month's last
--   day; known_until (date) null; numerator (number) 1 when the target is met, else 0; denominator (number) 1; code
--   (text) the point and its month, 断面/2017-09
-- What is dry, frozen, suspended or not measured is not assessed and so not counted.
select
    versions.version,
    months.town,
    'water_ok' as metric,
    months.day,
    months.day as known_from,
    cast(null as date) as known_until,
    cast(case when months.standing = '达标' then 1 else 0 end as double) as numerator,
    cast(1 as double) as denominator,
    months.point || '/' || substr(cast(months.month as varchar), 1, 7) as code
from water_months as months
cross join policy_versions as versions
where months.standing in ('达标', '不达标')
