"""A set document made to be read aloud: its structure, bookmarks, language and colours are told in the file.

The steps of tagged PDF and of PDF/A-2 are taken (ISO 32000-1, 14.7 and 14.8; ISO 19005-2): structure tree, metadata, one named
colour space, no transparency, every face embedded. It is claimed as neither PDF/UA nor PDF/A: no validator has been asked.
"""

import io
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String
from PIL import ImageCms

from ipt_desktop.domain.report import Report
from ipt_desktop.reports.structure import Bookmark, Mark, Structure, Tag

MANY_PAGES = 5
"""A document of more opens with its bookmarks beside it."""
ABOVE_HEAD = 20.0
"""What is seen above the head that a bookmark leads to, in points from its baseline."""
SRGB = "sRGB IEC61966-2.1"


def tagged(pdf: io.BytesIO, structure: Structure, report: Report, height: float) -> bytes:
    """Return the PDF with its structure tree and what belongs to it; `height` is that of its pages in points."""
    stream = io.BytesIO()
    with pikepdf.open(pdf) as opened:
        levels = structure.levels()
        _Tree(opened, structure, levels).write()
        _write_bookmarks(opened, structure.bookmarks, levels, height)
        _describe(opened, report)
        _name_colours(opened)
        opened.save(stream, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return stream.getvalue()


class _Tree:
    """Writes the tree of tags into a file, and for each page which tag its marks belong to."""

    def __init__(self, pdf: pikepdf.Pdf, structure: Structure, levels: Mapping[Tag, int]) -> None:
        self.pdf, self.structure, self.levels = pdf, structure, levels
        self.pages = [page.obj for page in pdf.pages]
        self.elements: dict[Tag, Any] = {}
        self.scopes: dict[str, Any] = {}

    def write(self) -> None:
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = self._element(self.structure.root, root)
        numbers = Array()
        for number, (page, tags) in enumerate(zip(self.pages, self.structure.pages, strict=False)):
            page.StructParents = number
            page.Tabs = Name.S
            numbers.append(number)
            numbers.append(self.pdf.make_indirect(Array([self.elements[tag] for tag in tags])))
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = len(self.pages)
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, tag: Tag, parent: Any) -> Any:
        role = f"H{min(self.levels[tag], 6)}" if tag in self.levels else tag.role
        element = self.pdf.make_indirect(Dictionary(S=Name(f"/{role}"), P=parent))
        self.elements[tag] = element
        marks = [kid for kid in tag.kids if isinstance(kid, Mark)]
        if marks:
            element.Pg = self.pages[marks[0].page]
        kids = [self._kid(kid, marks, element) for kid in tag.kids]
        element.K = kids[0] if len(kids) == 1 else Array(kids)  # there are thousands, most with a single mark
        if tag.alt or role == "Figure":
            element.Alt = String(tag.alt)
        if tag.needs_words:
            element.ActualText = String(tag.words.strip())
        if tag.scope:
            element.A = self._scope(tag.scope)
        return element

    def _scope(self, name: str) -> Any:
        """Return the attribute of a table's head, one for all of its kind."""
        if name not in self.scopes:
            self.scopes[name] = self.pdf.make_indirect(Dictionary(O=Name.Table, Scope=Name(f"/{name}")))
        return self.scopes[name]

    def _kid(self, kid: Tag | Mark, marks: list[Mark], element: Any) -> Any:
        if isinstance(kid, Tag):
            return self._element(kid, element)
        if kid.page == marks[0].page:
            return kid.number
        return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.number)


def _write_bookmarks(pdf: pikepdf.Pdf, bookmarks: list[Bookmark], levels: Mapping[Tag, int], height: float) -> None:
    """Name the heads beside the pages, the lower under the higher ones."""
    if not bookmarks:
        return
    top = min(levels[each.tag] for each in bookmarks)
    open_items: list[tuple[int, OutlineItem]] = []
    with pdf.open_outline() as outline:
        for each in bookmarks:
            level = levels[each.tag] - top
            top_of_head = height - each.top + ABOVE_HEAD
            made = OutlineItem(" ".join(each.tag.title.split()), each.page, "XYZ", left=0, top=top_of_head, zoom=0)
            while open_items and open_items[-1][0] >= level:
                open_items.pop()
            (open_items[-1][1].children if open_items else outline.root).append(made)
            open_items.append((level, made))
    if len(pdf.pages) > MANY_PAGES:
        pdf.Root.PageMode = Name.UseOutlines


def _describe(pdf: pikepdf.Pdf, report: Report) -> None:
    """Tell title, author and language once more as XMP, which is where newer readers look."""
    about = pdf.docinfo
    created = "" if report.is_undated else _moment(str(about.get("/CreationDate", "")))
    if report.is_undated:
        for name in ("/CreationDate", "/ModDate"):
            if name in about:
                del about[name]
    pdf.Root.Metadata = pdf.make_stream(_packet(report, str(about.get("/Producer", "")), created))
    pdf.Root.Metadata.Type = Name.Metadata
    pdf.Root.Metadata.Subtype = Name.XML
    pdf.Root.Lang = String(report.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _moment(date: str) -> str:
    """Return a date of PDF (`D:20260716120000+01'00'`) as XMP writes it, without the zone's quotes."""
    digits, zone = date[2:16], date[16:].replace("'", "")
    if len(digits) < 14:
        return ""
    offset = f"{zone[:3]}:{zone[3:5]}" if len(zone) >= 5 else "Z"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}{offset}"


def _packet(report: Report, producer: str, created: str) -> bytes:
    def alternative(name: str, text: str) -> str:
        return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>' if text else ""

    def simple(name: str, text: str) -> str:
        return f"<{name}>{escape(text)}</{name}>" if text else ""

    author = f"<dc:creator><rdf:Seq><rdf:li>{escape(report.author)}</rdf:li></rdf:Seq></dc:creator>" if report.author else ""
    told = "".join(
        (
            "<dc:format>application/pdf</dc:format>",
            alternative("dc:title", report.name),
            alternative("dc:description", report.subtitle),
            author,
            f"<dc:language><rdf:Bag><rdf:li>{escape(report.language)}</rdf:li></rdf:Bag></dc:language>",
            simple("xmp:CreatorTool", "IPT Desktop"),
            *(simple(f"xmp:{name}", created) for name in ("CreateDate", "ModifyDate")),
            simple("pdf:Producer", producer),
        )
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        f' xmlns:pdf="http://ns.adobe.com/pdf/1.3/">{told}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _name_colours(pdf: pikepdf.Pdf) -> None:
    """Say what red, green and blue are, and leave out what an embedded symbolic face must not have."""
    profile = pdf.make_stream(_srgb(), N=3)
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=SRGB, Info=SRGB)
    intent.DestOutputProfile = profile
    pdf.Root.OutputIntents = Array([intent])
    for font in _fonts(pdf):
        if "/Encoding" in font:
            del font.Encoding
    for page in pdf.pages:
        if "/Trans" in page.obj:
            del page.obj.Trans


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from page.resources.get("/Font", {}).values()


@cache
def _srgb() -> bytes:
    """Return the profile of sRGB, without the moment it was made: bytes 24 to 35 of its head (ICC.1, 7.2)."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:24] + bytes(12) + made[36:84] + bytes(16) + made[100:]
