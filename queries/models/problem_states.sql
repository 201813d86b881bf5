-- question: From which day to which day was each problem (问题) open, overdue (逾期), late by how much, or to be closed?
-- grain: one row per policy version, spell of a problem and state that it was in for a day or more
-- needs: problem_spells
-- columns: version (date) policy version; code, town (text); spell (1 or 2); state (text) metric code of the state;
--   known_from (date) its first day; known_until (date) the first day that it is over, null for ever
-- late_done, done after its deadline (逾期完成), is for ever, and counted once however often a problem was late.
with spells as (
    select
        version,
        code,
        town,
        spell,
        method,
        opened_on,
        due_on,
        done_on,
        closed_on,
        soon_days,
        least(done_on, closed_on) as ended_on,
        coalesce(done_on > due_on, false) as late,
        row_number() over (
            partition by version, code, coalesce(done_on > due_on, false)
            order by done_on, spell
        ) as turn
    from problem_spells
),

ladder as (
    select 'overdue' as state, 1 as first_day, cast(null as integer) as last_day
    union all
    select 'late_1_7' as state, 1 as first_day, 7 as last_day
    union all
    select 'late_8_30' as state, 8 as first_day, 30 as last_day
    union all
    select 'late_over_30' as state, 31 as first_day, cast(null as integer) as last_day
),

states as (
    select version, code, town, spell, 'open' as state, opened_on as known_from, ended_on as known_until
    from spells
    union all
    select
        version,
        code,
        town,
        spell,
        ladder.state,
        greatest(opened_on, due_on + ladder.first_day) as known_from,
        least(ended_on, due_on + ladder.last_day + 1) as known_until
    from spells
    cross join ladder
    where due_on is not null
    union all
    select
        version,
        code,
        town,
        spell,
        'due_soon' as state,
        greatest(opened_on, due_on - soon_days) as known_from,
        least(ended_on, due_on + 1) as known_until
    from spells
    where due_on is not null and soon_days is not null
    union all
    select version, code, town, spell, 'no_deadline' as state, opened_on as known_from, ended_on as known_until
    from spells
    where due_on is null and method <> '长期坚持'
    union all
    select
        version,
        code,
        town,
        spell,
        'to_close' as state,
        greatest(opened_on, done_on) as known_from,
        closed_on as known_until
    from spells
    where done_on is not null
    union all
    select
        version,
        code,
        town,
        spell,
        'late_done' as state,
        greatest(opened_on, done_on) as known_from,
        cast(null as date) as known_until
    from spells
    where late and turn = 1
)

select version, code, town, spell, state, known_from, known_until
from states
where known_until is null or known_until > known_from
