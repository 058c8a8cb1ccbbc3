"""Rich messages: their HTML, their blocks as a bot sends and gets them, and their text."""
