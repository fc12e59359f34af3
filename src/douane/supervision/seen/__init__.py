"""What a node sees of whoever depends on it: who is silent, what it measured lately, what its processes wrote down."""
