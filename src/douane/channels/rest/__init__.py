"""REST: JSON and XML over HTTP, and the plain-ASGI ground that every web door stands on."""
