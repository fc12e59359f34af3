"""A replica of final data: kept current, asked while the centre is away, proven against the root that it signed."""
