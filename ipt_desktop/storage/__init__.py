"""The encrypted file of a practice."""
