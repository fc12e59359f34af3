"""What is judged: settings before a start, stored rows and checkpoints, the evidence of one message."""
