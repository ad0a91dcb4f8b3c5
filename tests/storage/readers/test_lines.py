"""Lines cut into cells: by what stands between them, with stray quotes costing one line."""

from __future__ import annotations

import pytest

from storage.readers._columns import find_header
from storage.readers._lines import cut
from storage.readers._source import Unreadable


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_the_one_that_yields_headings(delimiter: str) -> None:
    rows = cut(f"Kunde{delimiter}Beløp\nÅsa{delimiter}5".replace(",", delimiter), find_header)
    assert rows == [(1, ["Kunde", "Beløp"]), (2, ["Åsa", "5"])]


def test_a_declared_delimiter_counts_whatever_it_is() -> None:
    assert cut("sep=#\na#b;c\n", find_header)[0] == (2, ["a", "b;c"])


def test_a_cell_may_run_over_lines_and_a_stray_quote_costs_its_own() -> None:
    rows = cut('Kunde;Beløp\n"a\nb";1\n"c;2\nd;3\n', find_header)
    assert [number for number, _ in rows][:3] == [1, 2, 4]
    assert rows[1][1] == ["a\nb", "1"]
    assert rows[3] == (5, ["d", "3"])


def test_text_with_nothing_between_cells_gives_no_rows() -> None:
    assert cut("Hello there\nfriend", find_header) == []


def test_a_row_without_end_is_refused() -> None:
    with pytest.raises(Unreadable):
        cut("Kunde;Beløp\n" + ";" * 500, find_header)
