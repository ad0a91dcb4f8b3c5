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
WORDS, LIVE, AMOUNT, DAY, HEAD = range(5)
"""The styles, in their order below; `LIVE` keeps words what they are also when the cell is edited."""

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MADE_OF = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
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
    each = (
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>'
        for at, name in enumerate(_names(sheets), 1)
    )
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{"".join(each)}</sheets></workbook>'


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
    rows = [_row(1, sheet.head, HEAD), *(_row(at, cells) for at, cells in enumerate(sheet.rows, 2))]
    widths = (_width([row[at] for row in (sheet.head, *sheet.rows)]) for at in range(len(sheet.head)))
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">{frozen}</sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData></worksheet>"
    )


def _width(cells: Iterable[Cell]) -> int:
    return min(max(len(str(cell or "")) for cell in cells) + 3, WIDEST)


def _row(number: int, cells: Sequence[Cell], style: int = WORDS) -> str:
    drawn = "".join(_cell(f"{_column(at)}{number}", cell, style) for at, cell in enumerate(cells))
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
    return f'<c r="{at}" s="{AMOUNT if isinstance(cell, Decimal) else style}"><v>{cell:f}</v></c>'


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
