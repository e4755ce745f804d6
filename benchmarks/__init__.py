"""What `dev.py bench` measures. Each module measures one thing against its bare counterpart, in turn, and prints ratios."""
