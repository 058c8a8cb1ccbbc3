"""The published specification of the Bot API, and Telegram's limits and errors."""
