"""Campaigns: the real bot is killed again and again while people report, and each time its promises are looked at."""
