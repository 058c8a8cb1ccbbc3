"""`make clients`: bots written with other people's libraries against the local Bot API server."""
