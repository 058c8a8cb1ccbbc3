"""Calls: listing, creating, changing and answering them."""
