"""The window: PySide6, and of the program only services and domain."""
