"""Time-stamps: RFC 3161 and RFC 5816, over CMS (RFC 5652)."""
