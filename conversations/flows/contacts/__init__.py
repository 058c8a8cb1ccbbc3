"""Getting in touch: notes and proposals."""
