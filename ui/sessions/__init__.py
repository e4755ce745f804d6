"""The Sessions tab: the sessions of a course and the note of each."""
