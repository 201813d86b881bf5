select stored.source_row
from incoming as stored
where
    {owner} is distinct from $owner
    or cast(stored.{day} as date) not between $start and $end
order by stored.source_row
