"""The Bot API: requests, updates read, screens rendered."""
