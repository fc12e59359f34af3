"""What the console knows operators by: their file, and the passkeys that they sign in by."""
