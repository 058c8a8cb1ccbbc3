"""How well initiatives that are alike are found: a labelled set of pairs in three languages, half of it held back."""
