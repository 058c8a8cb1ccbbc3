"""The engine: which flow takes an event."""
