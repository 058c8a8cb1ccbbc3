"""Pictures: drawn from figures, or cleaned of what cameras write into them."""
