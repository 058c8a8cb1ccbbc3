"""The vocabularies of the form, and the words people use for them."""
