"""Contact persons: naming them, asking them, their entry, and finding them."""
