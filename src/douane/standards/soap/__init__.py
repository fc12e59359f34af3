"""SOAP 1.1 and 1.2: envelopes, faults, WS-Addressing, WS-Security, and service descriptions (WSDL 1.1)."""
