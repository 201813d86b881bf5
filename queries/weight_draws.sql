-- question: By which factors are the rubric's weights shaken to see how firm a rank is?
-- grain: one row per draw, 1,000 of them
-- params: version date
-- columns: draw (number); factors (list of shares) between 0.8 and 1.2, one for each rubric item within the 100 in
--   the order of its metric code, the same for ever for a draw and metric
-- A lattice rule (Korobov): each item runs through the range in steps of its own, which its name is the seed of.
with seeds as (
    select list(cast(md5_number_lower(metric) % 2147483647 as bigint) order by metric) as seeds
    from rubric_items
    where version = $version and rubric = '考核项' and not outside
)

select
    draws.draw,
    list_transform(seeds.seeds, lambda seed: 0.8 + 0.4 * (draws.draw * seed % 2147483647) / 2147483646) as factors
from seeds
cross join range(1, 1001) as draws (draw)
where seeds.seeds is not null
