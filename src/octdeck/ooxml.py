"""Manuscript → the bytes of a Word document, the same each time. Text is only ever text."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, assert_never
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from octdeck import zips
from octdeck.errors import OctdeckError
from octdeck.manuscript import Block, Cells, Field, Grid, Label, Manuscript, Para, Picture, Piece, Tab
from octdeck.markup import BREAK, Run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.parts.story import StoryPart

_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# In mode 15, LibreOffice before 24.2 loses what a tab moves beyond the right indent: all the points.
_SETTINGS: Final = (
    '<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="14"/>'
    "</w:compat>"
)
_PARTS: Final = frozenset(
    {"officeDocument", "core-properties", "styles", "numbering", "settings", "theme", "fontTable"}
)
_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS: Final = re.compile("[\t\n\r\x85\u2028\u2029]")
_URL_SIGNS: Final = "%/:=&?~#+!$,;'@()*"
_LONGEST_URL: Final = 2000  # Word holds little more
_LONGEST_PROPERTY: Final = 255
_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)


def style_id(name: str) -> str:
    """How a document names a style within."""
    return name.title().replace(" ", "")


def to_bytes(manuscript: Manuscript) -> bytes:
    """The document as a .docx file.

    Raises:
        OctdeckError: a picture cannot be read.

    """
    import docx

    document = docx.Document()
    _strip(document)
    part = document.part
    footer, footer_id = part.add_footer_part()  # type: ignore[no-untyped-call]
    parts = (
        (document.element.body, _body(part, manuscript, footer_id)),
        (footer.element, _block(footer, manuscript.footer)),
        (document.styles.element, manuscript.styles),
        (part.numbering_part.element, manuscript.numbering),
        (document.settings.element, _SETTINGS),
    )
    for element, xml in parts:
        _fill(element, xml)
    _describe(document, manuscript)
    buffer = io.BytesIO()
    document.save(buffer)
    return _repacked(buffer.getvalue())


# --- the package ----------------------------------------------------------------------------------------------------


def _strip(document: "Document") -> None:
    """Take out what python-docx's template has and a sheet does not need: a thumbnail, older copies of the styles."""
    package = document.part.package
    assert package is not None
    for relations in (document.part.rels, package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] not in _PARTS:
                del relations[key]


def _fill(element: Any, xml: str) -> None:
    from docx.oxml.parser import parse_xml

    element[:] = list(parse_xml(f"<w:x {_NAMESPACES}>{xml}</w:x>"))


def _describe(document: "Document", manuscript: Manuscript) -> None:
    properties = document.core_properties
    properties._element[:] = []
    properties.title = _clean(manuscript.title)[:_LONGEST_PROPERTY]
    properties.author = _clean(manuscript.author)[:_LONGEST_PROPERTY]
    properties.language = manuscript.language
    properties.created = properties.modified = _DATE


def _repacked(data: bytes) -> bytes:
    """The same package without dates, in an order of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zips.entry(name), old.read(name), zipfile.ZIP_DEFLATED, 6)
        zips.neutral(new)
    return buffer.getvalue()


# --- XML ------------------------------------------------------------------------------------------------------------


def _body(part: "StoryPart", manuscript: Manuscript, footer_id: str) -> str:
    xml = []
    for section in manuscript.sections:
        properties = (
            f'<w:sectPr><w:footerReference w:type="default" r:id="{footer_id}"/>'
            f'<w:type w:val="{"nextPage" if section.new_page else "continuous"}"/>{manuscript.page}'
            f'<w:cols w:num="{section.columns}" w:space="{manuscript.gutter}"/></w:sectPr>'
        )
        last = section is manuscript.sections[-1]
        *blocks, end = section.blocks or (Para("Normal"),)
        if isinstance(end, Cells | Grid):
            # Neither a section nor a document may end with a table.
            blocks, end = [*blocks, end], Para("End")
        xml += [_block(part, block) for block in blocks]
        xml += [_block(part, end), properties] if last else [_block(part, end, properties)]
    return "".join(xml)


def _block(part: "StoryPart", block: Block, section: str = "") -> str:
    match block:
        case Para():
            properties = f'<w:pStyle w:val="{style_id(block.style)}"/>' + "<w:keepNext/>" * block.keep
            if block.frame:
                width, height = block.frame
                properties += (
                    f'<w:framePr w:w="{width}" w:h="{height}" w:hRule="exact" w:hSpace="170" w:wrap="around"'
                    ' w:vAnchor="text" w:hAnchor="margin" w:xAlign="right" w:y="80"/>'
                )
            if block.list:
                number, level = block.list
                properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            if any(isinstance(piece, Picture) for piece in block.pieces):
                # Number and letter beside a picture stand at its head.
                properties += '<w:textAlignment w:val="top"/>'
            return f"<w:p><w:pPr>{properties}{section}</w:pPr>{_pieces(part, block.pieces)}</w:p>"
        case Cells(cells=cells):
            width = block.width // len(cells)
            grid = f'<w:gridCol w:w="{width}"/>' * len(cells)
            inner = ("".join(_block(part, para) for para in cell) for cell in cells)
            shown = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in inner
            )
            return (
                f'<w:tbl><w:tblPr><w:tblW w:w="{width * len(cells)}" w:type="dxa"/>'
                f'<w:tblInd w:w="{block.left}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
                '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
                f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{shown}</w:tr></w:tbl>"
            )
        case Grid():
            return _grid(part, block)
        case other:
            assert_never(other)


def _grid(part: "StoryPart", grid: Grid) -> str:
    rows = []
    for number, row in enumerate(grid.rows):
        cells, first = "", 0
        for cell in row:
            width = sum(grid.widths[first : first + cell.columns])
            first += cell.columns
            span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
            cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>{_block(part, cell.para)}</w:tc>'
        head = "<w:tblHeader/>" if number == 0 else ""
        high = f'<w:trHeight w:val="{grid.height}" w:hRule="exact"/>'
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{high}{head}</w:trPr>{cells}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid.widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style_id("Marking strip")}"/>'
        f'<w:tblW w:w="{sum(grid.widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _pieces(part: "StoryPart", pieces: Iterable[Piece]) -> str:
    xml = []
    for href, linked in groupby(pieces, lambda piece: piece.href if isinstance(piece, Run) else None):
        inner = "".join(_piece(part, piece) for piece in linked)
        url = _url(href) if href else ""
        xml.append(f'<w:hyperlink r:id="{_link(part, url)}">{inner}</w:hyperlink>' if url else inner)
    return "".join(xml)


def _piece(part: "StoryPart", piece: Piece) -> str:
    match piece:
        case Run(text=text):
            # A style for emphasis, so that it stands upright again in slanted text; what is strong is so everywhere.
            style = "Code" if piece.code else "Emphasis" if piece.em else "Hyperlink" if piece.href else ""
            properties = _style(style) + "<w:b/>" * piece.strong + "<w:i/>" * (piece.code and piece.em)
            return _run(properties, "<w:br/>" if piece == BREAK else _text(text))
        case Label(text=text, style=style):
            return _run(_style(style), _text(text))
        case Tab(style=style):
            return _run(_style(style), "<w:tab/>")
        case Field(code=name):
            return f'<w:fldSimple w:instr=" {name} ">{_run("", _text("1"))}</w:fldSimple>'
        case Picture():
            return _run("", f"<w:drawing>{_picture(part, piece)}</w:drawing>")
        case other:
            assert_never(other)


def _run(properties: str, content: str) -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def _style(name: str) -> str:
    return f'<w:rStyle w:val="{style_id(name)}"/>' if name else ""


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(_clean(text))}</w:t>'


def _clean(text: str) -> str:
    """The text on one line, without what XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", _BLANKS.sub(" ", text))


def _url(href: str) -> str:
    """The address as Word takes it; none if Word would not."""
    url = quote(href, safe=_URL_SIGNS, errors="replace")
    try:
        urlsplit(href).port  # noqa: B018  reading it is the check
    except ValueError:
        return ""
    return url if len(url) <= _LONGEST_URL else ""


def _link(part: "StoryPart", url: str) -> str:
    from docx.opc.constants import RELATIONSHIP_TYPE

    return part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def _picture(part: "StoryPart", picture: Picture) -> str:
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image
    from docx.shared import Mm

    try:
        image = Image.from_blob(picture.data)
        scale = min(Mm(picture.width) / image.width, Mm(picture.height) / image.height)
        width, height = round(image.width * scale), round(image.height * scale)
        inline = part.new_pic_inline(io.BytesIO(picture.data), width, height)
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ZeroDivisionError) as error:
        raise OctdeckError("the logo cannot be read", "save it anew as png or jpg") from error
    inline.docPr.set("descr", _clean(picture.name))
    for side in "TBLR":
        inline.set(f"dist{side}", "0")
    return str(inline.xml)
