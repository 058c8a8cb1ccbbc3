"""Reports, their answers and files; exports and imports."""
