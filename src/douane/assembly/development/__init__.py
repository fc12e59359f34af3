"""What a node makes for itself in development: identities, access points, the clients of the demonstration."""
