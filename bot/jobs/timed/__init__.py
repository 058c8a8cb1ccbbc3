"""Messages that people get at a certain time without asking: a file for each, and the registry that lists them."""
