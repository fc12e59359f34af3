"""What an operator has done to a node: declared acts, by a socket in its data folder while it runs."""
