"""The logo of a letterhead: what is kept of the picture that was chosen. Import it inside an action, never at start."""

from ipt_desktop.reports.logo import for_keeping


def logo_for_keeping(picture: bytes) -> bytes:
    """Return a PNG or JPEG as a small PNG for `Letterhead.logo`, without what it tells of who made it, when and where.

    Raises Refused where it is neither, is damaged or far too large: nothing is kept then.
    """
    return for_keeping(picture)
