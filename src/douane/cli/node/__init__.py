"""Commands that run a node and care for its store."""
