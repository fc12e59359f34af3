"""Requests for certificates (PKCS#10, RFC 2986): read, and proven to be made by who holds the key."""
