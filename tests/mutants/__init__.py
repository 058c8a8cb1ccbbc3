"""Small changes to the sources (mutants), by lot: which of them do the tests notice? See docs/mutants.md."""
