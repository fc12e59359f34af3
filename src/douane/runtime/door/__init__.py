"""The one door, and the link between it and the core."""
