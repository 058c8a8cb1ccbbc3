"""The threads that run functions in transactions."""
