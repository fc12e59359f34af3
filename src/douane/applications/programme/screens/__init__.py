"""Pages of the programme: the road, what it covers, a project, a functional specification."""
