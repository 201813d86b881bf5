-- question: What are the figures of each town in a period, side by side?
-- grain: one row per town
-- params: start date, end date, as_of date, policy_on date
-- columns: town_code (text); patrol_completion, valid_rate, on_time_rate, closure_rate (share); overdue (件);
--   enforcement (次); patrol_completion_num, patrol_completion_den, valid_rate_num, valid_rate_den (次);
--   on_time_rate_num, on_time_rate_den, closure_rate_num, closure_rate_den (件)
select
    towns.code as town_code,
    max(measured.value) filter (where measured.metric = 'patrol_completion') as patrol_completion,
    max(measured.value) filter (where measured.metric = 'valid_rate') as valid_rate,
    max(measured.value) filter (where measured.metric = 'on_time_rate') as on_time_rate,
    max(measured.value) filter (where measured.metric = 'closure_rate') as closure_rate,
    cast(max(measured.value) filter (where measured.metric = 'overdue') as bigint) as overdue,
    max(measured.value) filter (where measured.metric = 'enforcement') as enforcement,
    max(measured.numerator) filter (where measured.metric = 'patrol_completion') as patrol_completion_num,
    max(measured.denominator) filter (where measured.metric = 'patrol_completion') as patrol_completion_den,
    max(measured.numerator) filter (where measured.metric = 'valid_rate') as valid_rate_num,
    max(measured.denominator) filter (where measured.metric = 'valid_rate') as valid_rate_den,
    max(measured.numerator) filter (where measured.metric = 'on_time_rate') as on_time_rate_num,
    max(measured.denominator) filter (where measured.metric = 'on_time_rate') as on_time_rate_den,
    max(measured.numerator) filter (where measured.metric = 'closure_rate') as closure_rate_num,
    max(measured.denominator) filter (where measured.metric = 'closure_rate') as closure_rate_den
from towns
left join town_metrics($start, $end, $as_of, $policy_on) as measured on towns.code = measured.town_code
group by towns.code
