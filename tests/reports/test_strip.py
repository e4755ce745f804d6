from ipt_desktop.reports.strip import Strip, paginate


def strip(name: str, height: float = 10, *, space: float = 0, is_kept: bool = False, head: Strip | None = None) -> Strip:
    def draw(pen: object, top: float) -> None:
        raise AssertionError(name)

    draw.__name__ = name
    return Strip(height=height, draw=draw, space=space, is_kept=is_kept, head=head)


def laid_out(*strips: Strip) -> list[list[tuple[str, float]]]:
    pages = paginate(strips, first_top=40, top=20, bottom=100)
    return [[(placed.draw.__name__, top) for top, placed in page] for page in pages]


def test_space_is_left_between_strips_and_not_at_the_top_of_a_page():
    assert laid_out(strip("a", space=5), strip("b", space=5), strip("c", 50, space=5)) == [[("a", 40), ("b", 55)], [("c", 20)]]


def test_what_is_kept_together_moves_together():
    assert laid_out(strip("a", 40), strip("head", is_kept=True), strip("b", 15)) == [[("a", 40)], [("head", 20), ("b", 30)]]


def test_what_is_kept_together_but_taller_than_a_page_is_shared_out():
    pages = laid_out(strip("a"), *(strip(str(number), is_kept=True) for number in range(10)))
    assert [len(page) for page in pages] == [1, 8, 2]


def test_a_head_is_repeated_on_each_page_its_rows_begin():
    head = strip("head", 5, is_kept=True)
    pages = laid_out(head, *(strip(str(number), 20, head=head) for number in range(5)))
    assert pages == [[("head", 40), ("0", 45), ("1", 65)], [("head", 20), ("2", 25), ("3", 45), ("4", 65)]]
