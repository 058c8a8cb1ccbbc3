"""What several flows say or need."""
