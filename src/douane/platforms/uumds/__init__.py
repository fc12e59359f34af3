"""UUM&DS: identity for every circle."""
