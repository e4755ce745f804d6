"""The audit trail on screen, and what left the practice."""
