"""Workbooks: sheets as XLSX, where numbers are numbers, days are days, and words are never formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from messages.sheets import Cell, Sheet, is_live, on_one_line

EPOCH = date(1899, 12, 30)
"""The day from which spreadsheets count."""
UNFIT = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML has no room for."""
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would take for a sign that is written by its number."""
LONGEST, NAME, WIDEST = 32_000, 31, 40
"""How many signs a cell and a sheet's name may have, and how many a column shows."""
UNNAMED = re.compile(r"[\[\]:*?/\\']")
WORDS, LIVE, AMOUNT, DAY, COUNT, HEAD, OVER_NUMBERS = range(7)
"""The styles, in the order of `LOOKS`; `LIVE` keeps words what they are also when the cell is edited."""

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAPER = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
"""A4, no wider than a page, however long."""
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MADE_OF = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TO_THE_RIGHT = '<alignment horizontal="right"/>'
LOOKS: Sequence[tuple[str, str]] = (
    ('numFmtId="0" fontId="0"', ""),
    ('numFmtId="49" fontId="0" quotePrefix="1"', ""),
    ('numFmtId="164" fontId="0"', ""),
    ('numFmtId="14" fontId="0"', ""),
    ('numFmtId="165" fontId="0"', ""),
    ('numFmtId="0" fontId="1"', ""),
    ('numFmtId="166" fontId="1"', TO_THE_RIGHT),
)
"""Each style: how a number is written and in which letters, and where it stands."""
APPLIED = 'fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"'
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}">'
    # With a little room after a number, for words may follow in the next cell.
    '<numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.00_)"/>'
    '<numFmt numFmtId="165" formatCode="0_)"/><numFmt numFmtId="166" formatCode="@_)"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(LOOKS)}">'
    f"{''.join(f'<xf {looks} {APPLIED}>{stands}</xf>' for looks, stands in LOOKS)}</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Tables as one workbook; the same tables give the same bytes."""
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _types(numbers),
        "_rels/.rels": _ties([(f"{OFFICE}/officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _ties(
            [
                *((f"{OFFICE}/worksheet", f"worksheets/sheet{at}.xml") for at in numbers),
                (f"{OFFICE}/styles", "styles.xml"),
            ]
        ),
        "xl/styles.xml": STYLES,
    }
    parts |= {f"xl/worksheets/sheet{at}.xml": _sheet(each) for at, each in enumerate(sheets, 1)}
    out = BytesIO()
    with ZipFile(out, "w") as book:
        for path, text in parts.items():
            book.writestr(ZipInfo(path), text.encode(), ZIP_DEFLATED)
    return out.getvalue()


def _types(numbers: Iterable[int]) -> str:
    """What each part is made of."""
    made = {"workbook": f"{MADE_OF}.sheet.main+xml", "styles": f"{MADE_OF}.styles+xml"}
    made |= {f"worksheets/sheet{at}": f"{MADE_OF}.worksheet+xml" for at in numbers}
    parts = (f'<Override PartName="/xl/{name}.xml" ContentType="{kind}"/>' for name, kind in made.items())
    ties = "application/vnd.openxmlformats-package.relationships+xml"
    usual = f'<Default Extension="rels" ContentType="{ties}"/>'
    usual += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{XML}<Types xmlns="{PACKAGE}/content-types">{usual}{"".join(parts)}</Types>'


def _ties(ties: Iterable[tuple[str, str]]) -> str:
    """Which parts belong to a part, by their kind and path."""
    each = (
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{path}"/>'
        for at, (kind, path) in enumerate(ties, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _book(sheets: Sequence[Sheet]) -> str:
    """The sheets by their names, and that the head of each stands on every page of paper."""
    names = list(enumerate(_names(sheets)))
    each = (f'<sheet name={quoteattr(name)} sheetId="{at + 1}" r:id="rId{at + 1}"/>' for at, name in names)
    heads = (
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">\'{escape(name)}\'!$1:$1</definedName>'
        for at, name in names
    )
    within = f"<sheets>{''.join(each)}</sheets><definedNames>{''.join(heads)}</definedNames>"
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{within}</workbook>'


def _names(sheets: Iterable[Sheet]) -> Iterator[str]:
    """A name for each sheet, without the signs that none may have; no two are alike."""
    taken = set[str]()
    for at, sheet in enumerate(sheets, 1):
        name = UNNAMED.sub(" ", UNFIT.sub("", sheet.name)).strip()[:NAME] or str(at)
        if name.casefold() in taken:
            name = f"{name[: NAME - 4]} {at}"
        taken.add(name.casefold())
        yield name


def _sheet(sheet: Sheet) -> str:
    under = [[row[at] for row in sheet.rows] for at in range(len(sheet.head))]
    head = (
        _cell(f"{_column(at)}1", name, _over(cells))
        for at, (name, cells) in enumerate(zip(sheet.head, under, strict=True))
    )
    rows = [f'<row r="1">{"".join(head)}</row>', *(_row(at, cells) for at, cells in enumerate(sheet.rows, 2))]
    widths = (_width([name, *cells]) for name, cells in zip(sheet.head, under, strict=True))
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{frozen}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>{PAPER}</worksheet>"
    )


def _over(cells: Iterable[Cell]) -> int:
    """The style of a column's name: over numbers and days it stands to the right, as they do."""
    return HEAD if all(isinstance(cell, str | None) for cell in cells) else OVER_NUMBERS


def _width(cells: Iterable[Cell]) -> int:
    return min(max(len(str(cell or "")) for cell in cells) + 3, WIDEST)


def _row(number: int, cells: Sequence[Cell]) -> str:
    drawn = "".join(_cell(f"{_column(at)}{number}", cell, WORDS) for at, cell in enumerate(cells))
    return f'<row r="{number}">{drawn}</row>'


def _cell(at: str, cell: Cell, style: int) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        style = LIVE if is_live(cell) else style
        words = escape(_written(cell))
        return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    if isinstance(cell, date):
        return f'<c r="{at}" s="{DAY}"><v>{(cell - EPOCH).days}</v></c>'
    style, written = (AMOUNT, f"{cell:f}") if isinstance(cell, Decimal) else (COUNT, str(cell))
    return f'<c r="{at}" s="{style}"><v>{written}</v></c>'


def _written(words: str) -> str:
    """Words on one line, of signs that XML has room for."""
    return ESCAPED.sub("_x005F_", UNFIT.sub("", on_one_line(words))[:LONGEST])


def _column(at: int) -> str:
    """The letters of a column: A, B, … Z, AA."""
    letters = ""
    at += 1
    while at:
        at, left = divmod(at - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters
