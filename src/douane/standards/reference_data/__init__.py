"""Published forms of reference data: the generic export of customs offices and the code-list payload."""
