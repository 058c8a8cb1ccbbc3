"""Collections: gathered and put in order by coordinators, read, followed and passed on by everybody."""
