select * from {table} where batch = $batch and came_from <> $but
