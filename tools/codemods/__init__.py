"""Codemods: what moved in a release, done to the source of whoever uses it."""
