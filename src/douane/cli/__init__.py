"""The command line: thin commands over the same contracts as everybody else."""
