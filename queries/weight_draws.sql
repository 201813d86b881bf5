-- question: By which factors are the rubric's weights shaken to see how firm a rank is?
-- grain: one row per draw (300 of them) and rubric item
-- params: version date
-- columns: draw (number); metric (text); factor (share) between 0.8 and 1.2, the same for ever for a draw and metric
select
    draws.draw,
    rubric.subject as metric,
    0.8 + 0.4 * (md5_number_lower(rubric.subject || '/' || draws.draw) % 1000003) / 1000002 as factor
from rules_in_force($version) as rubric
cross join range(1, 301) as draws (draw)
where rubric.rule = '考核项'
