-- question: How does each chief (河长) score, who is idle or careless, and what subsidy follows?
-- grain: one row per chief in office in the period, the gravest first
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   previous_as_of date, previous_version date, town text
-- columns: code, name, level, town, post, village (text); score (分) null when it cannot be had; reason (text) why not;
--   score_change (分) on the previous period; band (text, 等级); flags (text) 在岗不履职, 在岗不用心, 突出问题, null
--   without; excellent, failing (flag) the band is the best, the lowest; due_yuan, withheld_yuan (元) of the subsidy,
--   null unless the period is a month; appointed_on, left_on (date); monthly_yuan (元); walks_limit (share);
--   misses_limit (件) of 在岗不用心; worst_item (metric code) what lost most; worst_lost (分); done, required (次);
--   patrols, valid, perfunctory (次); missed, missed_of (件) of what others found on his sections; grave (件, 突出问题);
--   share (share, 补贴) of the band; idle (flag) 在岗不履职; careless_walks, careless_misses (flag) why 在岗不用心; few
--   (flag) fewer duties than 履职限值 样本少; office_days, period_days (天); town_code (text); sort_order (number)
-- 在岗不履职: in office all through the period (to as_of), owed a window that ended in it, and no patrol at all. 在岗不用心:
-- perfunctory ÷ patrols above 履职限值 不用心走马观花, from 参数 patrols on; or missed at least 不用心漏报. The subsidy is
-- given by month, for part of it in office by days: monthly × days in office ÷ days × share of the band.
with limits as (
    select
        max(value) filter (where subject = '不用心走马观花') as share_limit,
        max(coalesce(try_cast(argument as double), 1)) filter (where subject = '不用心走马观花') as share_from,
        max(value) filter (where subject = '不用心漏报') as missed_limit,
        max(value) filter (where subject = '样本少') as few_limit
    from rules_in_force($version)
    where rule = '履职限值'
),

judged as (
    select
        chiefs.code,
        chiefs.name,
        chiefs.level,
        chiefs.town as town_code,
        chiefs.post,
        chiefs.village,
        chiefs.appointed_on,
        chiefs.left_on,
        cast(chiefs.monthly_subsidy_yuan as double) as monthly_yuan,
        limits.share_limit as walks_limit,
        limits.missed_limit as misses_limit,
        totals.* exclude (chief),
        totals.score - earlier.score as score_change,
        bands.* exclude (lower_edge, upper_edge, effective_from, origin),
        coalesce(
            totals.done < totals.required and totals.patrols = 0
            and chiefs.appointed_on <= $start and coalesce(chiefs.left_on, $as_of) >= least($end, $as_of), false
        ) as idle,
        coalesce(
            totals.perfunctory > limits.share_limit * totals.patrols and totals.patrols >= limits.share_from, false
        ) as careless_walks,
        coalesce(totals.missed >= limits.missed_limit, false) as careless_misses,
        coalesce(totals.required < limits.few_limit, false) as few,
        date_diff('day', greatest(chiefs.appointed_on, $start), least(chiefs.left_on, $end)) + 1 as office_days,
        date_diff('day', $start, $end) + 1 as period_days,
        case when $start = date_trunc('month', $start) and $end = last_day($start) then bands.share end as month_share
    from chiefs
    cross join limits
    left join chief_totals($start, $end, $as_of, $version) as totals on chiefs.code = totals.chief
    left join chief_totals($previous_start, $previous_end, $previous_as_of, $previous_version) as earlier
        on chiefs.code = earlier.chief
    left join chief_bands($version) as bands
        on totals.score >= bands.lower_edge and coalesce(totals.score < bands.upper_edge, true)
    where
        chiefs.appointed_on <= $as_of
        and coalesce(chiefs.left_on, $start) >= $start
        and ($town is null or chiefs.town = $town)
)

select
    judged.code,
    judged.name,
    judged.level,
    towns.name as town,
    judged.post,
    judged.village,
    judged.score,
    case
        when judged.score is not null then null
        when judged.required > 0 then '没有考核项'
        when judged.appointed_on > $start then '本期到任'
        when judged.left_on < $end then '本期离任'
        when judged.level not in (
            select level from patrol_norms
            where version = $version
        ) then '没有巡河频次'
        else '没有到期的应巡'
    end as reason,
    judged.score_change,
    judged.band,
    nullif(concat_ws(
        '、',
        case when judged.idle then '在岗不履职' end,
        case when judged.careless_walks or judged.careless_misses then '在岗不用心' end,
        case when judged.grave > 0 then '突出问题' end
    ), '') as flags,
    coalesce(judged.excellent, false) as excellent,
    coalesce(judged.failing, false) as failing,
    round(judged.monthly_yuan * judged.office_days / judged.period_days * judged.month_share, 2) as due_yuan,
    round(judged.monthly_yuan * judged.office_days / judged.period_days * (1 - judged.month_share), 2) as withheld_yuan,
    judged.* exclude (
        code, name, level, town_code, post, village, score, score_change, band, excellent, failing, month_share
    ),
    judged.town_code,
    towns.sort_order
from judged
left join towns on judged.town_code = towns.code
order by
    judged.idle desc,
    judged.careless_walks or judged.careless_misses desc,
    judged.score nulls last,
    judged.code
