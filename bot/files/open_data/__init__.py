"""What is public, as data for other programs: feeds, tables, their description, calendars, and maps of the site."""
