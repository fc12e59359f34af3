"""What is told of cases, tasks and messages, and who takes a task."""
