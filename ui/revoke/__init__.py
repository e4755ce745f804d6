"""A new key and a new recovery sheet for the practice."""
