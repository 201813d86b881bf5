insert into refusals
select
    $batch,
    $file,
    $sheet,
    $table,
    refused.rule,
    coalesce(case when $by_department then refused.department else refused.town end, chiefs.town),
    count(*)
from refused
left join chiefs on refused.chief = chiefs.code
group by all
