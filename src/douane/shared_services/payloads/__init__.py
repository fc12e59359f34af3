"""Payload store: large payloads, by the digest of their content, durable before the message that refers to them."""
