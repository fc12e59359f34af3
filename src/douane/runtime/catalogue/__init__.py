"""What a node can do, frozen at start: operations, message types, and how faults name elements."""
