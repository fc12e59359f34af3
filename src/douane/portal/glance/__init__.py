"""What the console shows of its node at one look."""
