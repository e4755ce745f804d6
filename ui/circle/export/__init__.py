"""A circle on its way out of the program: in which form, of which sittings, and what people are called on it."""
