"""The pages of a node put together: sites, sessions, what the start page shows, and their listener."""
