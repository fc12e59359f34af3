"""How two holders of the same data prove that they are equal, or find where they differ: digests over ranges."""
