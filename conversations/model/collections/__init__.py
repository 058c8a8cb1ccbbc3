"""Collections: published initiatives that a coordinator has put together under a name."""
