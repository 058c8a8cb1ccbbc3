"""The design of pages to read, to print or to save as PDF."""
