"""The Bot API: requests, reading of updates, rendering of screens."""
