"""Whether a window can be shown here. Qt ends the whole process where it can't, so this is found out before Qt is asked.

Only Linux needs it: the other systems always have a display. Nothing here can abort: Qt's own plugin is loaded (which shows the
system library that is missing) and the display is connected to by the very library that Qt connects with.
"""

import os
import sys
from ctypes import CDLL, c_char_p, c_int, c_void_p
from importlib.util import find_spec
from pathlib import Path

from ipt_desktop.domain.text import _


def display_problem() -> str:
    """Return why no window can be shown, in one line; "" where one can."""
    if not sys.platform.startswith("linux"):
        return ""
    problem = ""
    for platform in _platforms():
        problem = _problem_of(platform)
        if not problem:
            return ""
    return problem


def _platforms() -> list[str]:
    """Return the names of Qt's platforms in the order in which Qt will try them."""
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    if wanted:
        return [name.partition(":")[0] for name in wanted.split(";")]
    is_wayland = "WAYLAND_DISPLAY" in os.environ or os.environ.get("XDG_SESSION_TYPE") == "wayland"
    return ["wayland", "xcb"] if is_wayland else ["xcb"]


def _problem_of(platform: str) -> str:
    """Return why Qt could not show a window on this platform; "" where it can, or needs no display (offscreen)."""
    if platform == "xcb":
        return _no_display() if not os.environ.get("DISPLAY") else _plugin_problem("xcb") or _x11_problem()
    if platform.startswith("wayland"):
        return _plugin_problem("wayland") or _wayland_problem()
    return _plugin_problem(platform)


def _plugin_problem(platform: str) -> str:
    """Load Qt's plugin as Qt will; a library that the system lacks is named by the loader."""
    package = find_spec("PySide6")
    folder = Path(package.origin).parent / "Qt" / "plugins" / "platforms" if package and package.origin else Path()
    if not folder.is_dir():  # a system's own PySide6, which keeps its plugins elsewhere and brings their libraries along
        return ""
    plugin = folder / f"libq{platform}.so"
    if not plugin.exists():
        return _("Qt knows no platform {name}: correct QT_QPA_PLATFORM, or unset it.").format(name=repr(platform))
    return _load_problem(str(plugin))


def _load_problem(library: str) -> str:
    try:
        CDLL(library)
    except OSError as error:
        return _("No window can be shown until a system library is installed: {reason}").format(reason=error)
    return ""


def _x11_problem() -> str:
    """Connect to the X server, and be refused by it, just as Qt would."""
    problem = _load_problem("libxcb.so.1")
    if problem:
        return problem
    xcb = CDLL("libxcb.so.1")
    xcb.xcb_connect.restype, xcb.xcb_connect.argtypes = c_void_p, [c_char_p, c_void_p]
    xcb.xcb_connection_has_error.restype, xcb.xcb_connection_has_error.argtypes = c_int, [c_void_p]
    xcb.xcb_disconnect.restype, xcb.xcb_disconnect.argtypes = None, [c_void_p]
    connection = xcb.xcb_connect(None, None)
    has_failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return _no_answer(os.environ["DISPLAY"]) if has_failed else ""


def _wayland_problem() -> str:
    """Connect to the compositor's socket."""
    import socket

    if "WAYLAND_SOCKET" in os.environ:  # already connected, by whoever started us
        return ""
    name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
        except OSError:
            return _no_answer(name)
    return ""


def _no_display() -> str:
    return _("There is no display to show a window on. Start IPT Desktop from a desktop session.")


def _no_answer(display: str) -> str:
    return _("The display {name} does not answer, so no window can be shown.").format(name=repr(display))
