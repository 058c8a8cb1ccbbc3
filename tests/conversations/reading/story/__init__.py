"""Reading what a person tells in one message."""
