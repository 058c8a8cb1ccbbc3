"""Privacy: what is stored, the person's own data, and erasing it."""
