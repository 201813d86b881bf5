-- question: How many outfalls (排污口) of each state does each town have at the end of a day?
-- grain: one row per town with outfalls, most that are not sealed first; the district last, town null
-- params: as_of date, version date, town text
-- columns: town (text); outfalls (个); sealed, retained, under_way, rebounded (个) by the state at the last check: 已封堵,
--   规范保留, 整治中, 反弹; back (个) found 反弹, or came back and not put right since; came_back
--   (个) that or put right again; newest (date) the last check
select
    town,
    count(*) as outfalls,
    count(*) filter (where state = '已封堵') as sealed,
    count(*) filter (where state = '规范保留') as retained,
    count(*) filter (where state = '整治中') as under_way,
    count(*) filter (where state = '反弹') as rebounded,
    count(*) filter (where is_back) as back,
    count(*) filter (where is_back or put_right) as came_back,
    max(checked_on) as newest
from outfall_states($as_of, $version, $town)
group by rollup (town)
having count(*) > 0
order by town is null, back desc, under_way desc, town
