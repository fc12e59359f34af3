"""How messages leave: lanes, inboxes, claims, and the way between partitions."""
