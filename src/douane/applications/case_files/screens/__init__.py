"""Pages of case files: lists of cases, tasks and messages, and a case with what may be done at it."""
