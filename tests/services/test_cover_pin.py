"""A PIN is four to eight digits, and only a salted hash of it is kept."""

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.services import cover_pin


def test_a_pin_is_known_again_and_no_other():
    kept = cover_pin.hash_of("2468")
    assert cover_pin.is_pin(kept, "2468")
    for other in ("2469", "24680", "246", "", "zz"):
        assert not cover_pin.is_pin(kept, other)


def test_the_same_pin_is_kept_differently_each_time():
    assert cover_pin.hash_of("2468") != cover_pin.hash_of("2468")
    assert "2468" not in cover_pin.hash_of("2468").split(":")[2]


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "１２３４", "1234\n"])
def test_what_is_not_four_to_eight_digits_is_refused(pin: str):
    with pytest.raises(Refused):
        cover_pin.hash_of(pin)


@pytest.mark.parametrize("kept", ["", "scrypt", "scrypt:?:?", "plain:MTIz:MTIz", "scrypt:MTIz"])
def test_what_was_not_kept_by_us_is_nobodys_pin(kept: str):
    assert not cover_pin.is_pin(kept, "2468")
