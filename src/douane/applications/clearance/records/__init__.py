"""What the offices of import and of export keep of a declaration."""
