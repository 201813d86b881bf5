-- question: Which class of water did each point (断面) have, month by month, and is it better or worse than before?
-- grain: one row per point and month of the year up to as_of, a point's months in order
-- params: as_of date, town text
-- columns: point, town, river (text); month (date) its first day; target_class, actual_class (text) Ⅰ to Ⅴ or 劣Ⅴ;
--   standing (text) 达标, 不达标, or 河干, 封冻, 暂停考核, 未测, which are not assessed; step (classes) better than the assessed
--   month before when positive, worse when negative, null without one; step_first (classes) the same against the
--   point's first assessed month of these; newest (date) the newest month of all points
with months as (
    select
        *,
        max(month) over () as newest,
        lag(actual_grade ignore nulls) over earlier - actual_grade as step,
        first_value(actual_grade ignore nulls) over earlier as first_grade,
        min(case when actual_grade is not null then day end) over (partition by point) as first_day
    from water_months
    where day <= $as_of and day > $as_of - interval 1 year
    window earlier as (partition by point order by day)
)

select
    months.point,
    towns.name as town,
    months.river,
    months.month,
    months.target_class,
    months.actual_class,
    months.standing,
    months.step,
    case when months.day > months.first_day then months.first_grade - months.actual_grade end as step_first,
    months.newest
from months
inner join towns on months.town = towns.code
where $town is null or months.town = $town
order by towns.sort_order, towns.code, months.point, months.month
