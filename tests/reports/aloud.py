"""A PDF as it is read aloud: its structure tree with the words of each tag, found by their marks on the pages."""

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
from pypdfium2 import raw

PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI", "EI"}


@dataclass
class Node:
    role: str
    text: str = ""
    alt: str = ""
    scope: str = ""
    kids: "list[Node]" = field(default_factory=list)

    def walk(self) -> "Iterator[Node]":
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, role: str) -> "list[Node]":
        return [node for node in self.walk() if node.role == role]

    @property
    def words(self) -> str:
        """Return all that is said in it, a figure by its alternative text."""
        return " ".join(filter(None, ((self.alt or node.text) if node is self else node.words for node in (self, *self.kids))))


def read(pdf: bytes, password: str = "") -> Node:
    """Return the tree; it fails where a mark belongs to no tag, or to another than the parent tree says."""
    texts = _texts(pdf, password)
    with pikepdf.open(io.BytesIO(pdf), password=password) as opened:
        pages = {page.objgen: number for number, page in enumerate(opened.pages)}
        numbers = opened.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[place]): list(numbers[place + 1]) for place in range(0, len(numbers), 2)}
        found: set[tuple[int, int]] = set()
        root = opened.Root.StructTreeRoot.K
        tree = _node(root, pages, texts, parents, found)
        marked = {(number, mark) for number, each in parents.items() for mark in range(len(each))}
        assert found == marked
        assert set(texts) <= found
        return tree


def _node(element: pikepdf.Object, pages: dict, texts: dict, parents: dict, found: set) -> Node:
    attributes = element.get("/A", {})
    node = Node(str(element.S)[1:], alt=str(element.get("/Alt", "")), scope=str(attributes.get("/Scope", ""))[1:])
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int) or kid.get("/Type") == "/MCR":
            mark = (pages[element.Pg.objgen], int(kid)) if isinstance(kid, int) else (pages[kid.Pg.objgen], int(kid.MCID))
            assert parents[mark[0]][mark[1]].objgen == element.objgen
            found.add(mark)
            node.text += texts.get(mark, "")
        else:
            assert kid.P.objgen == element.objgen
            node.kids.append(_node(kid, pages, texts, parents, found))
    node.text = str(element.get("/ActualText", node.text))
    return node


def _texts(pdf: bytes, password: str) -> dict[tuple[int, int], str]:
    """Return what each mark of each page says."""
    texts: dict[tuple[int, int], str] = {}
    document = pypdfium2.PdfDocument(pdf, password=password or None)
    for number, page in enumerate(document):
        words = page.get_textpage()
        for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            mark = raw.FPDFPageObj_GetMarkedContentID(each.raw)
            if mark >= 0:
                size = raw.FPDFTextObj_GetText(each.raw, words.raw, None, 0)
                held = ctypes.create_string_buffer(size)
                raw.FPDFTextObj_GetText(each.raw, words.raw, ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR)), size)
                texts[number, mark] = texts.get((number, mark), "") + held.raw.decode("utf-16-le").rstrip("\0")
    return texts


def unmarked(pdf: bytes) -> list[tuple[int, str]]:
    """Return (page, operator) of all that is painted and neither belongs to a tag nor is an artifact, or is both."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages):
            marks: list[str] = []
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator in ("BDC", "BMC"):
                    operands = instruction.operands
                    is_tagged = operator == "BDC" and "/MCID" in operands[1]
                    marks.append("tag" if is_tagged else "artifact" if operands[0] == "/Artifact" else "span")
                elif operator == "EMC":
                    marks.pop()
                elif operator in PAINTING and sum(mark != "span" for mark in marks) != 1:
                    found.append((number, operator))
            assert not marks
    return found


def artifacts(pdf: bytes, page: int) -> str:
    """Return the words of a page that are not read aloud."""
    sheet = pypdfium2.PdfDocument(pdf)[page]
    words = sheet.get_textpage()
    said = ""
    for each in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        if raw.FPDFPageObj_GetMarkedContentID(each.raw) < 0:
            size = raw.FPDFTextObj_GetText(each.raw, words.raw, None, 0)
            held = ctypes.create_string_buffer(size)
            raw.FPDFTextObj_GetText(each.raw, words.raw, ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR)), size)
            said += held.raw.decode("utf-16-le").rstrip("\0") + " "
    return " ".join(said.split())
