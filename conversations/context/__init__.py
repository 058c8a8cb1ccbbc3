"""What a turn gets as input (context, session), and what it returns."""
