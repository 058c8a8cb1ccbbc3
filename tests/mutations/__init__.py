"""Small faults that are put into the code by hand, one at a time, to see that the tests named for each notice it."""
