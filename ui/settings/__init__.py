"""Settings: how the practice is kept safe and who may open it."""
