"""CDCO: where central applications run; no outside listener."""
