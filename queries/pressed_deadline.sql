-- question: By when must be done what is pressed for (督办) at the end of a day, and by which rule?
-- grain: one row, none where the policy has no 立行立改天数
-- params: as_of date, version date
-- columns: due_on (date) 立行立改天数 days after as_of; days (天); origin (text) source of the rule; effective_from (date)
select
    $as_of + cast(value as integer) as due_on,
    cast(value as integer) as days,
    origin,
    effective_from
from rules_in_force($version)
where rule = '立行立改天数'
qualify row_number() over (order by value desc) = 1
