"""What a turn is handed, where a person stands, and what the turn makes of it."""
