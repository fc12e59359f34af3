"""Messages of customs decisions, for every type: who applies, who decides, who is consulted, what is shown."""
