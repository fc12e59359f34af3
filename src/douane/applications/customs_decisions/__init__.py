"""Customs decisions: applied for, decided and managed by one procedure, whatever their type; the law is data."""
