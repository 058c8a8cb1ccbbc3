"""The database: what the bot stores, and how it reads it back."""
