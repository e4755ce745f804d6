"""The Phases tab: where the course stands, what is worked on, and the formulation."""
