"""The Clients tab: who there is, the file of the one chosen, and the courses of treatment."""
