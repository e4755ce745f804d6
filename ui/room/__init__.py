"""Room mode: what the window shows while a session is running and the client may look."""
