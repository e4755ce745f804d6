"""The parts every page is made of. Each takes its parent, an objectName and, where it can be used, an accessible name."""
