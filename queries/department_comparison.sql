-- question: How does each department's enforcement compare with its past, its group, its target and its remit?
-- grain: one row per department
-- params: start date, end date, as_of date, previous_start date, previous_end date, last_year_start date,
--   last_year_end date
-- columns: department (text); field (text, 领域); officers (人); powers (项, 职权数); yearly_cases (件, 年度办案目标);
--   returns (条); inspections (次); people_out (人次); vehicles_out (车次); orders, cases_opened, cases_closed (件);
--   fines_yuan (元); referrals (件) of its own returns: 0 when it returned nothing, null when its returns do not give the
--   figure; joint_actions (次) led or joined; powers_used (项) different ones; remit_problems (件) found in the period in
--   its remit (职责问题类别); cases_this_year (件); last_case_on (date) of the newest case, null without;
--   days_without_case (天) since; volume, volume_previous, volume_last_year (次 or 件) inspections, or cases opened
--   where no inspections are given; target_due (件) share of the yearly target due by now;
--   inspections_per_officer, cases_per_officer (per 执法人数); group_size (个) departments with a staff figure
--   in its field, one without a field is alone; group_median (次) inspections per officer there, null of
--   fewer than three; group_rank (位) by them, null likewise
-- While the period runs, the earlier ones count to the same number of days.
with spans as (
    select
        least($end, $as_of) as last_day,
        case
            when $as_of >= $end then $previous_end
            else least($previous_end, $previous_start + cast(date_diff('day', $start, $as_of) as integer))
        end as previous_last,
        case
            when $as_of >= $end then $last_year_end
            else least($last_year_end, $last_year_start + cast(date_diff('day', $start, $as_of) as integer))
        end as last_year_last,
        cast(date_trunc('year', $end) as date) as new_year
),

placed as (
    select
        days.*,
        spans.last_day,
        days.day between $start and spans.last_day as now,
        days.day between $previous_start and spans.previous_last as earlier,
        days.day between $last_year_start and spans.last_year_last as last_year,
        days.day between spans.new_year and spans.last_day as this_year
    from department_days as days
    cross join spans
    where days.day <= spans.last_day
),

summed as (
    select
        department,
        coalesce(cast(sum(returns) filter (where now) as bigint), 0) as returns,
        cast(sum(inspections) filter (where now) as bigint) as inspections,
        cast(sum(people_out) filter (where now) as bigint) as people_out,
        cast(sum(vehicles_out) filter (where now) as bigint) as vehicles_out,
        cast(sum(orders) filter (where now) as bigint) as orders,
        cast(sum(cases_opened) filter (where now) as bigint) as cases_opened,
        cast(sum(cases_closed) filter (where now) as bigint) as cases_closed,
        sum(fines_yuan) filter (where now) as fines_yuan,
        cast(sum(referrals) filter (where now) as bigint) as referrals,
        cast(sum(joint_actions) filter (where now) as bigint) as joint_actions,
        cast(sum(remit_problems) filter (where now) as bigint) as remit_problems,
        count(distinct power) filter (where now) as powers_used,
        coalesce(sum(inspections) filter (where earlier), sum(cases_opened) filter (where earlier)) as volume_previous,
        coalesce(sum(inspections) filter (where last_year), sum(cases_opened) filter (where last_year))
            as volume_last_year,
        cast(sum(cases_opened) filter (where this_year) as bigint) as cases_this_year,
        coalesce(sum(returns) filter (where this_year), 0) as returns_this_year,
        max(day) filter (where cases_opened > 0) as last_case_on,
        max(last_day) as last_day
    from placed
    group by department
)

select
    departments.name as department,
    departments.field,
    departments.officers,
    departments.powers,
    departments.yearly_cases,
    coalesce(summed.returns, 0) as returns,
    case when summed.returns > 0 then summed.inspections else 0 end as inspections,
    case when summed.returns > 0 then summed.people_out else 0 end as people_out,
    case when summed.returns > 0 then summed.vehicles_out else 0 end as vehicles_out,
    case when summed.returns > 0 then summed.orders else 0 end as orders,
    case when summed.returns > 0 then summed.cases_opened else 0 end as cases_opened,
    case when summed.returns > 0 then summed.cases_closed else 0 end as cases_closed,
    case when summed.returns > 0 then summed.fines_yuan else 0 end as fines_yuan,
    case when summed.returns > 0 then summed.referrals else 0 end as referrals,
    coalesce(summed.joint_actions, 0) as joint_actions,
    coalesce(summed.powers_used, 0) as powers_used,
    coalesce(summed.remit_problems, 0) as remit_problems,
    case when summed.returns_this_year > 0 then summed.cases_this_year else 0 end as cases_this_year,
    summed.last_case_on,
    date_diff('day', summed.last_case_on, summed.last_day) as days_without_case,
    coalesce(summed.inspections, summed.cases_opened, 0) as volume,
    coalesce(summed.volume_previous, 0) as volume_previous,
    coalesce(summed.volume_last_year, 0) as volume_last_year,
    departments.yearly_cases * extract(dayofyear from least($end, $as_of))
    / extract(dayofyear from make_date(extract(year from $end), 12, 31)) as target_due,
    case when summed.returns > 0 then summed.inspections else 0 end / nullif(departments.officers, 0)
        as inspections_per_officer,
    case when summed.returns > 0 then summed.cases_opened else 0 end / nullif(departments.officers, 0)
        as cases_per_officer,
    count(inspections_per_officer) over alike as group_size,
    case when group_size >= 3 then median(inspections_per_officer) over alike end as group_median,
    case
        when group_size >= 3 and inspections_per_officer is not null
            then rank() over (alike order by inspections_per_officer desc nulls last)
    end as group_rank
from departments
left join summed on departments.name = summed.department
window alike as (partition by coalesce(departments.field, departments.name))
order by department
