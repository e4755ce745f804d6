"""The Reports tab: choose what a document holds, see its pages, change its words, save it."""
