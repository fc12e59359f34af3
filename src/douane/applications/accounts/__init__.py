"""Accounts: the persons whom UUM&DS knows, and who lets whom act for him."""
