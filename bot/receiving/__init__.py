"""From Telegram to a turn that is kept."""
