update import_log set made_at = $made_at, made_by = $made_by where batch = $batch
