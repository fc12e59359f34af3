"""Customs single window: certificates of partner Directorates-General that customs checks, uses up and reports back."""
