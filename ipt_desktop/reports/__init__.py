"""Report blocks in, PDF bytes out."""
