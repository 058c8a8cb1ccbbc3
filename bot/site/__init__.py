"""The catalogue that anyone can read: a static site of what is public, and nothing else."""
