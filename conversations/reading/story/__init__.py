"""Reading what a person tells in one message: one initiative, or a list of several."""
