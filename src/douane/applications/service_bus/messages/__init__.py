"""Messages of the service bus: about services, about exchanges, about events."""
