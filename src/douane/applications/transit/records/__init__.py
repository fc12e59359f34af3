"""What is kept of transit cases, by the office that keeps it."""
