"""Privacy: what is kept, one's own data, being forgotten."""
