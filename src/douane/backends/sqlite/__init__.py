"""The embedded store: SQLite through apsw, WAL, synchronous FULL, one writing connection a file."""
