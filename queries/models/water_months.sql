-- question: Which class of water (水质类别) did each point have in each month, and did it meet its target?
-- grain: one row per point (断面) and month
-- needs: water_quality
-- columns: point (text); month (date) its first day; day (date) its last, the day that the month counts in; town
--   (code); river, target_class, actual_class (text) Ⅰ to Ⅴ or 劣Ⅴ; target_grade, actual_grade (number) 1 the best to
--   6, the actual one null where it is not assessed; standing (text) 达标, 不达标, or why it is not assessed: 河干, 封冻, 暂停考核
--   as its state says, 未测 without an actual class
with graded as (
    select
        point,
        month,
        town,
        river,
        target_class,
        actual_class,
        case target_class
            when 'Ⅰ' then 1 when 'Ⅱ' then 2 when 'Ⅲ' then 3 when 'Ⅳ' then 4 when 'Ⅴ' then 5 when '劣Ⅴ' then 6
        end as target_grade,
        case
            when coalesce(state, '正常') <> '正常' then null
            when actual_class = 'Ⅰ' then 1
            when actual_class = 'Ⅱ' then 2
            when actual_class = 'Ⅲ' then 3
            when actual_class = 'Ⅳ' then 4
            when actual_class = 'Ⅴ' then 5
            when actual_class = '劣Ⅴ' then 6
        end as actual_grade,
        case when state <> '正常' then state else '未测' end as otherwise
    from water_quality
)

select
    point,
    month,
    cast(month + interval 1 month - interval 1 day as date) as day,
    town,
    river,
    target_class,
    actual_class,
    target_grade,
    actual_grade,
    case
        when actual_grade <= target_grade then '达标'
        when actual_grade > target_grade then '不达标'
        else otherwise
    end as standing
from graded
