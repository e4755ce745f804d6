"""The Circle tab: the people of a client by closeness."""
