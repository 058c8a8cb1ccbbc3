"""Resource persons, and who was named as one."""
