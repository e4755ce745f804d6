"""Data that the program ships: forms, measures, protocols, themes, icons, fonts, translations."""
