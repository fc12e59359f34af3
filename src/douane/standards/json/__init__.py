"""JSON text as hostile input: bounds before any value is made of it."""
