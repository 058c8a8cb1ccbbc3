"""How well the bot understands what people write, measured on rows that people might have written."""
