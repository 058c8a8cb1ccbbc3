"""Reading what a person searches for, or wants to hear of."""
