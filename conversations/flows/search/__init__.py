"""Finding published initiatives and reading them."""
