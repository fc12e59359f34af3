"""What the bus does with offers, calls and events, and how its registry is read."""
