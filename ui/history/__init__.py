"""The history of a document: its versions on a time line, and what each of them changed."""
