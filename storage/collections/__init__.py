"""Collections of published initiatives, and who follows them."""
