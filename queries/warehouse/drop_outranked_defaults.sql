delete from policy as stored
where
    came_from = $came_from
    and exists (
        select 1 from incoming
        where
            incoming.effective_from <= stored.effective_from
            and replace(incoming.rule, '起评分', '考核项') = replace(stored.rule, '起评分', '考核项')
            and (
                incoming.subject = stored.subject
                or incoming.rule in ('考核项', '起评分', '河长考核项', '河长起评分', '档', '河长档', '补贴')
            )
    )
    and not exists (
        select 1 from incoming
        where
            incoming.effective_from = stored.effective_from
            and incoming.rule = stored.rule
            and incoming.subject = stored.subject
    )
returning 1
