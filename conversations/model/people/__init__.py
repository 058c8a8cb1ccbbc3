"""People, their roles and their organisations."""
