"""People: who speaks, who has which role, and what their organisations are."""
