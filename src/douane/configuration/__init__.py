"""What a node is told: settings, agreements, code lists, and what packages it finds."""
