"""Before a practice is open: start, create, unlock."""
