"""Background jobs, which run beside the turns."""
