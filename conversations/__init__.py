"""What the bot says and decides; knows neither Telegram nor SQL; standard library only."""
