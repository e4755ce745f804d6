"""A therapist's registration as it is printed: one number is called so; of several each stands as it was written."""

from ipt_desktop.domain.text import _


def registration_lines(registration: str) -> list[str]:
    """Return the lines of a letterhead: "Registration PYL 31107", or "HCPC PYL31107" and "BACP 00812"."""
    lines = [line.strip() for line in registration.splitlines() if line.strip()]
    return [_("Registration {number}").format(number=lines[0])] if len(lines) == 1 else lines


def registration_words(registration: str) -> str:
    """Return it as it stands behind a profession: "registration PYL 31107"; "" where there is none."""
    lines = [line.strip() for line in registration.splitlines() if line.strip()]
    return _("registration {number}").format(number=lines[0]) if len(lines) == 1 else ", ".join(lines)
