"""Commands that ask the application model."""
