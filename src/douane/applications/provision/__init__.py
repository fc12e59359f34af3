"""Whose system serves whom: administrations choose a provider of each service, dated, with who decided and why."""
