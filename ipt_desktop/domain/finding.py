"""Finding words in a text whatever their capitals and accents."""

from collections.abc import Iterator

from ipt_desktop.domain.completing import folded


def places_of(text: str, asked: str) -> Iterator[tuple[int, int]]:
    """Yield where each place that reads like `asked` begins and how long it is, in letters of the text; none overlap."""
    wanted = folded(asked)
    if not wanted:
        return
    if text.isascii():
        plain, begins = text.lower(), range(len(text) + 1)  # type: str, list[int] | range
    else:
        letters = [folded(letter) for letter in text]
        plain = "".join(letters)
        begins = [at for at, letter in enumerate(letters) for _part in letter] + [len(text)]
    place = plain.find(wanted)
    while place >= 0:
        start, end = begins[place], begins[place + len(wanted) - 1] + 1
        while end < len(text) and not folded(text[end]):
            end += 1  # an accent that stands apart belongs to the letter before it
        yield start, end - start
        place = plain.find(wanted, place + len(wanted))
