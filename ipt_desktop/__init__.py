"""IPT Desktop: an offline, encrypted desk for the practice of Interpersonal Psychotherapy."""

__version__ = "0.1.0"
