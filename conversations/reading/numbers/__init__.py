"""Reading numbers of people."""
