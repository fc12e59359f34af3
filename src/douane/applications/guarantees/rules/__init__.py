"""What guarantees cover, and what published rules say of messages about them."""
