select incoming.source_row, stored.batch, concat_ws('、', {key}), {cells}
from incoming
inner join {table} as stored on {same_key}
where ({stored_values}) is distinct from ({incoming_values})
order by incoming.source_row
limit {limit}
