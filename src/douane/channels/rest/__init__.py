"""REST: messages and queries over HTTPS, as XML or JSON, with OpenAPI computed from the model."""
