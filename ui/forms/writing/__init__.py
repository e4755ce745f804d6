"""What makes writing prose quick, each in a module of its own: one pen for a form view brings them to its fields."""
