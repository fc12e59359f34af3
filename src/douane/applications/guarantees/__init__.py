"""Guarantees: what holders of a procedure put up, and what of it is in use."""
