"""What the programme declares: the list of systems, what is planned, the projects."""
