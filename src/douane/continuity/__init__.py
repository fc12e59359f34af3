"""Business continuity: impact, plans, exercises, service levels."""
