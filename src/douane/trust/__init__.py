"""Whom a process knows: keys, certificates, revocation lists, tokens, time-stamps, and how they are read again."""
