"""Rules of the transitional period, and the one table of shorter fields."""
