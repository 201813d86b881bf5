-- question: How complete are the rows that each sender reported in the period, and how many were refused? (数据质量)
-- grain: one row per sender and table
-- params: start date, end date
-- columns: table_name (text); source (town's code, department's name); name (text); reported (行) of the period; asked,
--   filled (格) cells that should be filled in and that are; completeness (share); weakest (column of the table) filled
--   least of all, null where all are full; weakest_share (share); refused (行) rows sent back in all batches so far;
--   refused_rule (text) the rule that refused most of them
with items as (
    select
        table_name,
        source,
        item,
        sum(reported) as reported,
        sum(asked) as asked,
        sum(filled) as filled
    from filled_days
    where day between $start and $end
    group by table_name, source, item
),

filled as (
    select
        table_name,
        source,
        max(reported) as reported,
        sum(asked) as asked,
        sum(filled) as filled,
        first(item order by filled / asked, item) filter (where asked > 0) as weakest,
        min(filled / asked) as weakest_share
    from items
    group by table_name, source
),

by_rule as (
    select table_name, source, rule, sum(refused) as refused
    from refusals
    group by table_name, source, rule
),

sent_back as (
    select table_name, source, sum(refused) as refused, first(rule order by refused desc, rule) as refused_rule
    from by_rule
    group by table_name, source
)

select
    sources.table_name,
    sources.source,
    sources.name,
    cast(coalesce(filled.reported, 0) as bigint) as reported,
    cast(coalesce(filled.asked, 0) as bigint) as asked,
    cast(coalesce(filled.filled, 0) as bigint) as filled,
    filled.filled / nullif(filled.asked, 0) as completeness,
    case when filled.weakest_share < 1 then filled.weakest end as weakest,
    case when filled.weakest_share < 1 then filled.weakest_share end as weakest_share,
    cast(coalesce(sent_back.refused, 0) as bigint) as refused,
    sent_back.refused_rule
from sources() as sources
left join filled on sources.table_name = filled.table_name and sources.source = filled.source
left join sent_back on sources.table_name = sent_back.table_name and sources.source = sent_back.source
order by sources.table_name, completeness nulls first, sources.sort_order, sources.source
