"""The field's own records and rules: plain data and pure functions, standard library only."""
