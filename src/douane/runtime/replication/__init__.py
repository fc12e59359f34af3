"""The replication primitive: of each view of final data its entries, their order of change, and digests over ranges."""
