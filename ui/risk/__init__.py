"""Risk and safety: the risk entries of a client on a time line, and their safety plan. A level in words, never a light."""
