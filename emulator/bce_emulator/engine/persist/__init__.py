"""An account as data: exported, compared, kept on disk."""
