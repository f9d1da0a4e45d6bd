"""What accounts have from their first moment: seed files."""
