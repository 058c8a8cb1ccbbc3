"""The local Telegram without its HTTP: people, chats, messages, and what waits for the bot."""
