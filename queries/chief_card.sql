-- question: Who is a chief (河长), what does he answer for, and how does he score in the period?
-- grain: one row as in chief_scores, none for a chief who is not in office in the period
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   previous_as_of date, previous_version date, town text, chief text
-- columns: phone (text) masked unless the reader may see it; section_names (list); code,
--   name, level, town, post, village (text); score (分); reason (text); score_change (分); band, flags (text); excellent,
--   failing (flag); due_yuan, withheld_yuan (元); appointed_on, left_on (date); monthly_yuan (元); walks_limit (share);
--   misses_limit (件); worst_item (metric code); worst_lost (分); done, required (次); patrols, valid, perfunctory (次);
--   missed, missed_of, grave (件); share (share); idle, careless_walks, careless_misses, few (flag); office_days,
--   period_days (天); town_code (text); sort_order (number)
with names as (
    select list(coalesce(sections.name, own.section) order by own.section) as section_names
    from chief_posts as own
    left join sections on own.section = sections.code
    where own.chief = $chief
),

scores as (
    select * from
        chief_scores(
            $start, $end, $as_of, $version, $previous_start, $previous_end, $previous_as_of, $previous_version, $town
        )
    where code = $chief
)

select
    chiefs.phone,
    names.section_names,
    scores.*
from scores
inner join chiefs on scores.code = chiefs.code
cross join names
