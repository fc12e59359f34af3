"""A union for development: the simulation from a seed, demo channels, load for partner tests."""
