"""What must hold of what administrations offer on the bus."""
