"""What applicants, officers and consulted authorities do with decisions, and what follows by itself."""
