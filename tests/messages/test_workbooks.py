"""Workbooks: what is written is read again by others, numbers as numbers and words as words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from messages.sheets import Cell, Sheet, is_live, on_one_line
from messages.workbooks import UNFIT, as_xlsx

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(
    "=+-@\t\r_x0041 &<>'\"", max_size=9
)
AMOUNTS = st.decimals(-(10**9), 10**9, places=2)
DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))


def table(*rows: tuple[Cell, ...], name: str = "Ageing") -> Sheet:
    return Sheet(name, tuple("abcdef"[: len(rows[0])]), rows)


def opened(content: bytes) -> list[Worksheet]:
    found = load_workbook(BytesIO(content))
    return list(found.worksheets)


@settings(max_examples=25)
@given(st.lists(st.tuples(WORDS, AMOUNTS, DAYS, st.integers(-999, 999)), min_size=1, max_size=4))
def test_what_is_written_is_read_again_and_nothing_of_it_is_a_formula(
    rows: list[tuple[str, Decimal, date, int]],
) -> None:
    (sheet,) = opened(as_xlsx([table(*rows)]))
    for at, (words, amount, day, count) in enumerate(rows, 2):
        said, number, dated, counted = (sheet.cell(at, column) for column in range(1, 5))
        assert (said.value or "") == UNFIT.sub("", on_one_line(words))
        assert said.data_type in ("s", "inlineStr", "n") and (said.data_type != "n" or not said.value)
        assert bool(said.quotePrefix) == is_live(words)
        assert (number.data_type, Decimal(str(number.value)).quantize(Decimal("0.01"))) == ("n", amount)
        assert (dated.number_format, counted.value) == ("mm-dd-yy", count)
        assert str(dated.value)[:10] == day.isoformat()


def test_another_reader_sees_the_same() -> None:
    rows = (("=1+1", Decimal("-1250.50"), date(2026, 11, 25)), ("Café & Co", Decimal(3), None))
    book = CalamineWorkbook.from_filelike(BytesIO(as_xlsx([table(*rows, name="Öppet/nu"), table(*rows)])))
    assert book.sheet_names == ["Öppet nu", "Ageing"]
    read = book.get_sheet_by_index(0).to_python()
    assert read[1:] == [["=1+1", -1250.5, date(2026, 11, 25)], ["Café & Co", 3.0, ""]]


def test_sheets_of_one_name_are_told_apart_and_the_same_tables_give_the_same_bytes() -> None:
    long = "Förväntade inbetalningar per vecka"
    sheets = [table(("x",), name=long), table(("x",), name=long), table(("x",), name="[]")]
    names = [sheet.title for sheet in opened(as_xlsx(sheets))]
    assert names == [long[:31], f"{long[:27]} 2", "3"]
    assert as_xlsx(sheets) == as_xlsx(sheets)


def test_no_part_of_it_knows_a_formula() -> None:
    with ZipFile(BytesIO(as_xlsx([table(("=HYPERLINK(1)", "</t></is></c><c><f>1</f>"))]))) as book:
        text = "".join(book.read(name).decode() for name in book.namelist())
    assert "<f>" not in text and "=HYPERLINK(1)" in text


def test_a_head_stands_over_its_numbers_stays_in_view_and_is_on_every_page_of_paper() -> None:
    rows = (("Café", Decimal("1250.50"), date(2026, 11, 25), 3), ("Kuusi", None, None, None))
    (sheet,) = opened(as_xlsx([table(*rows, name="Åbent & nyt")]))
    stands = [str(sheet.cell(1, at).alignment.horizontal) for at in range(1, 5)]
    assert stands == ["None", "right", "right", "right"]
    written = [sheet.cell(*at).number_format for at in ((1, 2), (2, 2), (2, 4))]
    assert all(each.endswith("_)") for each in written), "words in the next cell would touch them"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    printed = sheet.page_setup
    assert (printed.orientation, printed.fitToWidth, printed.fitToHeight) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
