"""The window: PySide6, and of the program only services and domain."""

import builtins

# PySide reads the source of every module that is imported after it, looking for a use of its `from __feature__ import …`.
# We have none, and it takes a tenth of the start: imports go on as they did before it.
_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _import
del _import
