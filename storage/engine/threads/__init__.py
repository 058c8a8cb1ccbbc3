"""The threads that run what is to be done in transactions."""
