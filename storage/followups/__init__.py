"""Follow-ups in the database: who is asked what, and reports that another librarian takes over."""
