"""What banks write beside a line, in the three shapes they write it."""

from __future__ import annotations

import pytest

from storage.readers._narrative import Narrative, narrative


def test_plain_lines_run_on_where_they_are_full() -> None:
    assert narrative(["x" * 65, "y", "z"]).text == f"{'x' * 65}y z"


def test_of_labelled_words_the_payers_own_are_the_text() -> None:
    told = "166?00GIRO?20EREF+NONREF?21SVWZ+Faktura 1001?22 och 1002?23ABWA+Någon?32Café Norrsken"
    assert narrative([told]) == Narrative("Faktura 1001 och 1002", "Café Norrsken")


def test_without_labels_all_parts_are_the_text() -> None:
    assert narrative(["051?00UEBERW?20Faktura?21 1001?60takk"]).text == "Faktura 1001 takk"


@pytest.mark.parametrize(
    ("written", "references"),
    [
        ("/NAME/A/REMI/STRD/CUR/1234567890/", ("1234567890",)),
        ("/NAME/A/REMI//STRD/RF18539007547034", ("RF18539007547034",)),
        ("/NAME/A/REMI/STRD/ISO/RF18 5390 0754 7034/", ("RF18 5390 0754 7034",)),
        ("/NAME/A/REMI/1234567890", ()),
    ],
)
def test_a_structured_reference_is_known_by_its_label(written: str, references: tuple[str, ...]) -> None:
    assert narrative([written]).references == references


def test_a_slash_in_plain_words_is_no_label() -> None:
    assert narrative(["Faktura 1001/1002 og/eller 1003"]).text == "Faktura 1001/1002 og/eller 1003"


def test_the_reason_of_a_return_is_seen() -> None:
    assert narrative(["/RTRN/AC04/NAME/A/"]).is_return


def test_nothing_told_is_nothing() -> None:
    assert narrative([]) == Narrative("")
