"""What the offices of import and of export do with declarations: one way, under the names of each."""
