"""What two persons agree on while no core of the node serves, since the clock of its host went back."""
