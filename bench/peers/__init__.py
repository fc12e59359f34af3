"""What the benchmarks compare with: the same work, written the popular way."""
