"""Where the data files lie that came with the program; it imports nothing of what reads them."""

from importlib.resources import files
from pathlib import Path


def resources_folder() -> Path:
    """Return the folder of the data files that came with the program."""
    return Path(str(files("resources")))
