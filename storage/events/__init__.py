"""Events, their places, and wishes for study visits."""
