"""The folder channel: an administration reads and writes files of EDIFACT and fixed-width records, and nothing else."""
