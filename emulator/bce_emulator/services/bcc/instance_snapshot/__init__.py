"""Instance snapshots: one snapshot for each disk of an instance, of one moment."""
