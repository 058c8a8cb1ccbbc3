"""Follow-ups: what authors are asked later."""
