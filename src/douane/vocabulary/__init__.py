"""The field's identifiers and codes, and the root of the error tree."""
