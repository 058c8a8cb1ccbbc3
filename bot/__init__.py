"""The shell: Telegram, the clock, the network and the command line around the conversation."""
