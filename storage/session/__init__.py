"""One transaction of the bot: the unit of work, what a conversation may look up in it, what it keeps."""
