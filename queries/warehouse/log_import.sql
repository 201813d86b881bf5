insert into import_log
values (
    $batch, $made_at, $made_by, $demo, $file, $sheet, $table, $sha256,
    $added, $changed, $unchanged, $refused, $skipped, $removed
)
