"""Which initiatives are alike, and which came of another."""
