"""Reading dates and periods."""
