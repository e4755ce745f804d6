"""Locking and covering: who keeps watch over an open practice, and what it takes to come back."""
