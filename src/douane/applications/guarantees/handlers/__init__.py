"""What the office of guarantee does with each message."""
