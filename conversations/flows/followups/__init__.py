"""Follow-ups: what authors are asked later, what coordinators see of it, and reports that change hands."""
