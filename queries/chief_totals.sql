-- question: What does each chief's (河长) score come to, and on how many duties, patrols and problems does it rest?
-- grain: one row per chief with a metric or in office in the period
-- params: start date, end date, as_of date, version date
-- columns: chief (code); score (分) null when no duty was owed or no item can be judged; worst_item (metric code) the
--   item that lost most, of equals the first by code; worst_lost (分) how much; done, required (次); patrols, valid,
--   perfunctory (次); missed, missed_of (件) of what others found on his sections; grave (件, 突出问题)
-- An item that is n/a is left out and its weight spread over the rest; items outside the 100 are added as they are.
select
    chief,
    case
        when max(denominator) filter (where metric = 'patrol_completion') > 0 and count(earned) > 0 then round(
            coalesce(
                sum(earned) filter (where not outside) * sum(points) filter (where not outside)
                / sum(points) filter (where earned is not null and not outside), 0
            ) + coalesce(sum(earned) filter (where outside), 0) + max(starting), 2
        )
    end as score,
    first(metric order by round(points - earned, 6) desc, metric) filter (where earned < points) as worst_item,
    max(points - earned) filter (where earned < points) as worst_lost,
    max(numerator) filter (where metric = 'patrol_completion') as done,
    max(denominator) filter (where metric = 'patrol_completion') as required,
    coalesce(max(denominator) filter (where metric = 'valid_rate'), 0) as patrols,
    coalesce(max(numerator) filter (where metric = 'valid_rate'), 0) as valid,
    coalesce(max(numerator) filter (where metric = 'perfunctory'), 0) as perfunctory,
    max(numerator) filter (where metric = 'missed') as missed,
    max(denominator) filter (where metric = 'missed_rate') as missed_of,
    max(numerator) filter (where metric = 'grave') as grave
from chief_points($start, $end, $as_of, $version)
group by chief
