"""Binding of messages to structs: value kinds, layouts, fast and collecting reader, JSON form."""
