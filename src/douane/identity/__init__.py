"""Who calls, for whom, with which proof (UUM&DS)."""
