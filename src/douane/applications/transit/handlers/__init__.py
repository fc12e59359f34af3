"""What offices do with messages, by the office that does it."""
