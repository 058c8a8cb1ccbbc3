"""The pages of the site: their content and their design."""
