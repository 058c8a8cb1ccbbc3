"""What happens at its time, beside the turns."""
