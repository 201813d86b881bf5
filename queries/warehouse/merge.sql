merge into {table} as stored
using incoming on {same_key}
when matched and ({stored_values}) is distinct from ({incoming_values}) then update set {assignments}
when not matched then insert ({columns}) values ({incoming_columns})
returning merge_action
