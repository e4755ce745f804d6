"""Bringing a practice back: from a backup, or out of a damaged database as far as it can be read."""
