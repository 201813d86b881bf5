select name from {table} where code = $code
