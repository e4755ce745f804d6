"""The operations, in the words of the therapist's world."""
