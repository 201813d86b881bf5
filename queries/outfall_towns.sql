-- question: How many outfalls (排污口) of each state does each town have at the end of a day?
-- grain: one row per town with outfalls, most that are not sealed first; the district last, town null
-- params: as_of date, town text
-- columns: town (text); outfalls (个); sealed, retained, under_way, rebounded (个) by the state at the last check: 已封堵,
--   规范保留, 整治中, 反弹; came_back (个) ever found otherwise after being sealed; newest (date) the last check
select
    town,
    count(*) as outfalls,
    count(*) filter (where state = '已封堵') as sealed,
    count(*) filter (where state = '规范保留') as retained,
    count(*) filter (where state = '整治中') as under_way,
    count(*) filter (where state = '反弹') as rebounded,
    count(*) filter (where rebounds > 0) as came_back,
    max(checked_on) as newest
from outfall_states($as_of, $town)
group by rollup (town)
having count(*) > 0
order by town is null, rebounded desc, under_way desc, town
