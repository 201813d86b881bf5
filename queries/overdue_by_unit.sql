-- question: How do the problems of each town, department, category or source stand at the end of a day?
-- grain: one row per unit that ever had a problem or a rebound; with $by = 'town' all towns
-- params: start date, end date, as_of date, version date, by text
-- columns: unit (text) the town, department, category or source as $by says, null where the ledger names none; open,
--   overdue, due_soon, late_1_7, late_8_30, late_over_30 (件); days_sum, days_max, days_median (天) of the overdue;
--   late_done (件, 逾期完成) ever; no_deadline (件, 无时限); long_term (件, 长期坚持); to_close (件, 待销号); rebound
--   (件, 反弹) in the period, outfalls among them; on_time, due (件) due in the period, done by then; on_time_rate (share)
-- An outfall that came back belongs to its town, to the category 排污口, and to no department.
with rebounded as (
    select
        case $by
            when 'town' then rebounds.town
            when 'department' then problems.department
            when 'category' then rebounds.category
            when 'source' then coalesce(problems.source, '排污口核查')
        end as unit,
        count(*) as rebound
    from rebounds
    left join problems on rebounds.code = problems.code and rebounds.kind <> '排污口反弹'
    where rebounds.version = $version and rebounds.day between $start and least($end, $as_of)
    group by unit
),

ledgers as (
    select *
    from unit_problems($start, $end, $as_of, $version, $by)
),

units as (
    select unit from ledgers
    union
    select unit from rebounded
    union
    select code as unit from towns
    where $by = 'town'
)

select
    case when $by = 'town' then towns.name else units.unit end as unit,
    coalesce(ledgers.open, 0) as open,
    coalesce(ledgers.overdue, 0) as overdue,
    coalesce(ledgers.due_soon, 0) as due_soon,
    coalesce(ledgers.late_1_7, 0) as late_1_7,
    coalesce(ledgers.late_8_30, 0) as late_8_30,
    coalesce(ledgers.late_over_30, 0) as late_over_30,
    coalesce(ledgers.days_sum, 0) as days_sum,
    ledgers.days_max,
    ledgers.days_median,
    coalesce(ledgers.late_done, 0) as late_done,
    coalesce(ledgers.no_deadline, 0) as no_deadline,
    coalesce(ledgers.long_term, 0) as long_term,
    coalesce(ledgers.to_close, 0) as to_close,
    coalesce(rebounded.rebound, 0) as rebound,
    coalesce(ledgers.on_time, 0) as on_time,
    coalesce(ledgers.due, 0) as due,
    ledgers.on_time / nullif(ledgers.due, 0) as on_time_rate
from units
left join ledgers on units.unit is not distinct from ledgers.unit
left join rebounded on units.unit is not distinct from rebounded.unit
left join towns on $by = 'town' and units.unit = towns.code
order by overdue desc, ledgers.late_over_30 desc nulls last, ledgers.days_sum desc nulls last, open desc, unit
