"""What has happened in a time, and what is known by now: digests, figures, coverage, evidence."""
