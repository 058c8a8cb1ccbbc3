"""Reports in files: exported, imported, as tables to read."""
