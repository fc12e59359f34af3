"""The webhook channel: messages pushed to an address that a partner registered, each one signed."""
