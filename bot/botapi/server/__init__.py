"""The Bot API over HTTP, and the control interface for phones and switches."""
