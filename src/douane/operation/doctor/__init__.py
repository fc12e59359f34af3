"""The examination of a node before it runs: what a start goes through, and what it would find out later."""
