"""Receiving: from Telegram's updates to stored turns."""
