"""The values and rules of each subject, and what may be looked up about it."""
