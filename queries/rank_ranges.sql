-- question: How firm is each town's rank when the weights of the rubric are shaken a little?
-- grain: one row per ranked town
-- params: start date, end date, as_of date, policy_on date
-- columns: town_code (text); rank_low, rank_high (位) best and worst rank over the draws
with shaken as (
    select
        items.town_code,
        rank() over (
            partition by draws.draw
            order by round(sum(items.earned * draws.factor) / sum(items.points * draws.factor), 4) desc
        ) as rank
    from item_points($start, $end, $as_of, $policy_on) as items
    inner join town_list($end) as towns on items.town_code = towns.town_code
    inner join weight_draws($policy_on) as draws on items.metric = draws.metric
    where items.earned is not null and towns.status = '正常'
    group by items.town_code, draws.draw
)

select
    town_code,
    min(rank) as rank_low,
    max(rank) as rank_high
from shaken
group by town_code
