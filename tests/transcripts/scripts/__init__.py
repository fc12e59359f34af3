"""What was given to the former node: one module for each form."""
