-- question: How many points does a value earn by an item of a rubric (考核项, 河长考核项)? The one place for it.
-- grain: one value, a scalar function: points_earned(method, points, argument, value)
-- params: method text, points number, argument text, value number
-- columns: earned (分) null when the value or the method is; below 0 where the item takes points away
-- 按比例: points × value, or points × value ÷ 参数 where the value is given out of that many.
-- 目标: points × min(1, value ÷ 参数).
-- 扣分: points less 参数 for each, never under 0 (扣完为止); with 参数 2;跨月翻倍 the caller counts twice in the value
-- what crossed a month.
-- 加减分 with 参数 每次 n: n for each, ± points (数值) at the most; with 每次 n;不封顶 without an end.
-- 分档 and 加减分 with steps 下限:得分;…: the points of the highest edge reached, 0 when none is. 0.3:5 is reached at
-- 0.3, >0.3:5 only above it, 以下:-6 by whatever lies below all the others.
select
    case
        when $value is null then null
        when $method = '按比例' then $points * $value / coalesce(cast($argument as double), 1)
        when $method = '目标' then $points * least(1, $value / cast($argument as double))
        when $method = '扣分' then greatest(0, $points - cast(split_part($argument, ';', 1) as double) * $value)
        when $method = '加减分' and $argument like '每次%;不封顶'
            then cast(regexp_extract($argument, '-?[0-9.]+') as double) * $value
        when $method = '加减分' and $argument like '每次%'
            then greatest(-$points, least($points, cast(regexp_extract($argument, '-?[0-9.]+') as double) * $value))
        when $method in ('分档', '加减分') then coalesce(list_max(list_filter(
            list_transform(string_split($argument, ';'), lambda step: {
                'edge': cast(replace(ltrim(split_part(step, ':', 1), '>'), '以下', '-inf') as double),
                'above': step like '>%',
                'points': cast(split_part(step, ':', 2) as double)
            }),
            lambda step: step['edge'] < $value or (step['edge'] = $value and not step['above'])
        )).points, 0)
    end as earned
