-- question: Beyond which lines (通报线) does the bulletin (通报) name a unit?
-- grain: one row per line, none where the policy has none
-- params: version date
-- columns: line (text) 前列, 低分, 不合格率, 上报率 or 处理率; value (number) 前列 in places (位), 低分 in points (分), the
--   others as a share of 0–1; origin (text) source, or 示例 where it is our own choice; effective_from (date)
select
    subject as line,
    value,
    origin,
    effective_from
from rules_in_force($version)
where rule = '通报线'
order by subject
