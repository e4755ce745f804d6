"""One view fills any form: an editor for each kind of field."""
