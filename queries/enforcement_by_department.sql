-- question: Which departments (部门) enforce little, and by which stated rule (执法量少、执法力度小)?
-- grain: one row per department
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   last_year_start date, last_year_end date, department text
-- columns: department, field (text, 领域); inspections (次); people_out (人次); vehicles_out (车次); orders (件, 责令改正);
--   cases_opened (件, 立案); cases_closed (件, 结案); fines_yuan (元); referrals (件, 移送); joint_actions (次) once for
--   each department that took part; inspections_per_officer, cases_per_officer (per 执法人数); powers_used_share (share);
--   change_previous, change_last_year (share) of inspections, or of cases where none are given, null from zero, and
--   while the period runs on the same number of days;
--   flags (text) 零执法、执法量少、进度滞后、降幅大、有问题无案件, null when none; officers (人); returns (条);
--   group_median (次) inspections per officer in its 领域, null of fewer than three; group_size (个) departments with a
--   staff figure there; per_officer_limit (次); zero_limit (件); drop_limit (share); target_due (件) share of the yearly
--   target due by now; target_limit (件); cases_this_year (件); remit_problems (件) found in the period in its
--   remit; remit_limit (件); powers_used, powers (项) different ones used, of all; yearly_cases (件, 年度办案目标);
--   target_progress (share) of it opened this year; last_case_on (date) null without any case; days_without_case (天)
--   since; group_rank (位) by inspections per officer in its 领域, null where fewer than three have a staff figure
with limits as (
    select
        max(value) filter (where subject = '零执法') as zero_limit,
        max(value) filter (where subject = '执法量少') as median_share,
        max(value) filter (where subject = '进度滞后') as target_share,
        max(value) filter (where subject = '降幅大') as drop_limit,
        max(value) filter (where subject = '有问题无案件') as remit_limit
    from rules_in_force($version)
    where rule = '执法限值'
),

limited as (
    select
        compared.*,
        limits.*,
        compared.volume / nullif(compared.volume_previous, 0) - 1 as change_previous,
        compared.group_median * limits.median_share as per_officer_limit,
        compared.target_due * limits.target_share as target_limit
    from
        department_comparison(
            $start, $end, $as_of, $previous_start, $previous_end, $last_year_start, $last_year_end
        ) as compared
    cross join limits
)

select
    department,
    field,
    inspections,
    people_out,
    vehicles_out,
    orders,
    cases_opened,
    cases_closed,
    fines_yuan,
    referrals,
    joint_actions,
    inspections_per_officer,
    cases_per_officer,
    powers_used / nullif(powers, 0) as powers_used_share,
    change_previous,
    volume / nullif(volume_last_year, 0) - 1 as change_last_year,
    nullif(concat_ws(
        '、',
        case when coalesce(cases_opened, 0) < zero_limit then '零执法' end,
        case when inspections_per_officer < per_officer_limit then '执法量少' end,
        case when coalesce(cases_this_year, 0) < target_limit then '进度滞后' end,
        case when change_previous < -drop_limit then '降幅大' end,
        case when remit_problems >= remit_limit and coalesce(cases_opened, 0) = 0 then '有问题无案件' end
    ), '') as flags,
    officers,
    returns,
    group_median,
    group_size,
    per_officer_limit,
    zero_limit,
    drop_limit,
    target_due,
    target_limit,
    cases_this_year,
    remit_problems,
    remit_limit,
    powers_used,
    powers,
    yearly_cases,
    cases_this_year / nullif(yearly_cases, 0) as target_progress,
    last_case_on,
    days_without_case,
    group_rank
from limited
where $department is null or department = $department
order by field nulls last, department
