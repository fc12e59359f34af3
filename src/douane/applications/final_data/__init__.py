"""Final data: what replicas read of it, and how they prove that they hold the same."""
