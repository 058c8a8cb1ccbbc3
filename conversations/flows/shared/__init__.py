"""Words and helpers that several flows use."""
