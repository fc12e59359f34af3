"""The store of several processes on one host: a folder with one SQLite file for each partition."""
