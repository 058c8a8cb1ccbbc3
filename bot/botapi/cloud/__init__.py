"""The local Telegram without its HTTP: people, chats, messages, and waiting updates."""
