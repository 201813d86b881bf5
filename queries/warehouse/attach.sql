attach '{path}' as snapshot (read_only)
