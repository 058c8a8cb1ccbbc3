"""What comes in, and which flow takes it."""
