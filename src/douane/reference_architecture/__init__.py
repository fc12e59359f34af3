"""Catalogue, impact and exports, computed from the application model."""
