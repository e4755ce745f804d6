"""The self-check of a course: a look back on each session and each phase, by what the protocol asks."""
