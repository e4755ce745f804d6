"""The Progress tab: measures, and the line between mood and what happened."""
