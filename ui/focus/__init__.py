"""Focus mode: the text that is being written, the clock and the save word, and nothing else in the window."""
