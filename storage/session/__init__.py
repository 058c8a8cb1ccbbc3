"""One transaction of the bot: the unit of work, its look-ups, and what it stores."""
