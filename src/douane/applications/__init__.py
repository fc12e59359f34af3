"""Business services, one folder each. They meet at their contracts only."""
