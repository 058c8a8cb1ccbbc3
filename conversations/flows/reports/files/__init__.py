"""Files that are made of reports, and files that came with them and were lost."""
