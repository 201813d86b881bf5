-- question: Is an item that a department grades by hand (考评:…) judged by the sum of its records, or by their mean?
-- grain: one value, a scalar function: is_summed(metric, method)
-- params: metric text, method text
-- columns: summed (flag) by the sum, which is 0 without a record; else by the mean, which is then n/a
-- What is counted (扣分, 目标, 加减分) is summed; what is a mark or a share (按比例, 分档) is averaged.
select coalesce($metric like '考评:%' and $method in ('扣分', '目标', '加减分'), false) as summed
