"""What is judged of messages that the product sends: codes, numbering, and the published rules of their layouts."""
