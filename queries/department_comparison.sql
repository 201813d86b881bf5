-- question: How does each department's enforcement compare with its past, its group, its target and its remit?
-- grain: one row per department
-- params: start date, end date, as_of date, previous_start date, previous_end date, last_year_start date,
--   last_year_end date
-- columns: department (text); returns (条); inspections (次); people_out (人次); vehicles_out (车次); orders,
--   cases_opened, cases_closed (件); fines_yuan (元); referrals (件); joint_actions (次); volume (次 or 件);
--   powers_used (项); field (text, 领域); officers (人); inspections_per_officer, cases_per_officer (per 执法人数);
--   powers_used_share (share); change_previous, change_last_year (share) of the volume, null from zero;
--   target_due (件) share of the yearly target due by now; cases_this_year (件); remit_problems (件) found in the period
--   in its remit (职责问题类别); group_median (次) inspections per officer in its field; group_size (个) departments with
--   a staff figure there
with remits as (
    select
        name as department,
        unnest(remit) as category
    from departments
),

remit_problems as (
    select remits.department, count(*) as remit_problems
    from remits
    inner join problems on remits.category = problems.category
    where problems.found_on between $start and least($end, $as_of)
    group by remits.department
),

measured as (
    select
        now.*,
        departments.field,
        departments.officers,
        now.inspections / nullif(departments.officers, 0) as inspections_per_officer,
        now.cases_opened / nullif(departments.officers, 0) as cases_per_officer,
        now.powers_used / nullif(departments.powers, 0) as powers_used_share,
        now.volume / nullif(earlier.volume, 0) - 1 as change_previous,
        now.volume / nullif(last_year.volume, 0) - 1 as change_last_year,
        departments.yearly_cases * extract(dayofyear from least($end, $as_of))
        / extract(dayofyear from make_date(extract(year from $end), 12, 31)) as target_due,
        this_year.cases_opened as cases_this_year,
        coalesce(remit_problems.remit_problems, 0) as remit_problems
    from enforcement_returns($start, least($end, $as_of)) as now
    inner join departments on now.department = departments.name
    inner join enforcement_returns($previous_start, $previous_end) as earlier on now.department = earlier.department
    inner join enforcement_returns($last_year_start, $last_year_end) as last_year
        on now.department = last_year.department
    inner join enforcement_returns(cast(date_trunc('year', $end) as date), least($end, $as_of)) as this_year
        on now.department = this_year.department
    left join remit_problems on now.department = remit_problems.department
)

select
    *,
    median(inspections_per_officer) over (partition by field) as group_median,
    count(inspections_per_officer) over (partition by field) as group_size
from measured
