-- question: Which rules are in force on a day?
-- grain: one row per rule and subject (对象)
-- params: version date
-- columns: rule, subject, method (text); value (as unit says); unit, argument (text);
--   effective_from (date) of the rule; origin (text) its source, or 示例 where it is our own choice
select
    rule,
    subject,
    method,
    value,
    unit,
    argument,
    effective_from,
    origin
from rules
where version = $version
order by rule, subject, value, argument
