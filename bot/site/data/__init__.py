"""The site for other programs: feeds, calendars, tables, descriptions, the sitemap."""
