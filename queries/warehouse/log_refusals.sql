insert into refusals
select
    $batch,
    $file,
    $sheet,
    $table,
    refused.rule,
    coalesce(refused.town, chiefs.town),
    refused.department,
    count(*)
from refused
left join chiefs on refused.chief = chiefs.code
group by all
