"""What is asked of the programme, told of it, and said to it."""
