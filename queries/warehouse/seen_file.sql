select min(batch) from import_log where sha256 = $sha256 and batch < $batch
