"""What a node sees of its own use: what is called, by whom and how it goes, and which nodes are about."""
