"""What is said and shown, before it is said in a language."""
