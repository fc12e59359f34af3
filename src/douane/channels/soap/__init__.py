"""SOAP 1.1 and 1.2: operations as document/literal web services, with a service description computed from the model."""
