delete from {table} as stored
where
    {owner} = $owner
    and cast(stored.{day} as date) between $start and $end
    and not exists (select 1 from incoming where {same_key})
returning 1
