"""The Reference Architecture: what there is, why, what it rests on and what a change of it touches."""
