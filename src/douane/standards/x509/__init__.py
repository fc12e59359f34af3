"""Certificates, requests and lists by X.509 (RFC 5280) as strangers write them: what reading one may raise."""
