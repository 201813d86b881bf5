create view {table} as from snapshot.{table}
