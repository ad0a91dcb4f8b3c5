"""MT940 and MT942: lines of a statement to the letter, the year between two days, and what banks tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Receipt
from bot.money import Money
from storage.readers import read

OWN = Path(__file__).resolve().parents[2] / "samples"
STATEMENT = (OWN / "mt940" / "statement.sta").read_bytes()
REPORT = (OWN / "mt942" / "report.txt").read_bytes()

HEAD = ":20:S1\n:25:86011117947\n:28C:1/1\n"
LINE = ":61:2611251125C450,00NTRFNONREF//991\n"
END = "-\n"


def message(lines: str = LINE, opened: str = "C261124NOK0,00", closed: str = "C261125NOK450,00") -> bytes:
    return f"{HEAD}:60F:{opened}\n{lines}:62F:{closed}\n{END}".encode()


def receipt(lines: str, closed: str = "C261125NOK450,00") -> Receipt:
    reading = read(message(lines, closed=closed))
    assert reading.problems == ()
    (found,) = reading.receipts
    return found


def told(text: str) -> Receipt:
    return receipt(f"{LINE}:86:{text}\n")


def problem_codes(content: bytes) -> list[str]:
    return [each.code for each in read(content).problems]


def test_every_payment_of_a_file_with_two_pages_in_their_wrappers() -> None:
    reading = read(STATEMENT)
    amounts = [each.amount.minor for each in reading.receipts]
    assert amounts == [1_250_050, 30_000, -20_000, 5_000, 5_000, 5_000]
    assert (reading.format, reading.through) == ("mt940", date(2026, 1, 2))
    assert {each.account for each in reading.receipts} == {"86011117947"}


def test_the_booking_day_takes_the_year_that_is_nearest_to_the_value_day() -> None:
    first, second, *_ = read(STATEMENT).receipts
    assert (first.day, second.day) == (date(2026, 1, 2), date(2025, 12, 31))


def test_a_leap_day_is_found_in_the_year_that_has_it() -> None:
    assert receipt(LINE.replace("2611251125", "2802290229")).day == date(2028, 2, 29)


def test_without_a_booking_day_the_value_day_holds() -> None:
    assert receipt(LINE.replace("2611251125", "261124")).day == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("written", "minor"), [("450,00", 45_000), ("450,", 45_000), ("450,5", 45_050), ("000450,00", 45_000)]
)
def test_a_comma_stands_before_the_decimals_even_where_there_are_none(written: str, minor: int) -> None:
    closed = f"C261125NOK{written}"
    assert receipt(LINE.replace("450,00", written), closed).amount == Money(minor, "NOK")


@pytest.mark.parametrize("funds", ["", "K", "R"])
def test_a_letter_of_the_currency_may_stand_before_the_amount(funds: str) -> None:
    found = receipt(LINE.replace("C450", f"C{funds}450"))
    assert (found.amount, found.reversal) == (Money(45_000, "NOK"), False)


def test_a_credit_taken_back_is_below_nothing() -> None:
    found = receipt(LINE.replace("C450", "RC450"), "D261125NOK450,00")
    assert (found.amount, found.reversal) == (Money(-45_000, "NOK"), True)


def test_a_debit_taken_back_is_no_payment() -> None:
    found = receipt(LINE.replace("C450", "RDK450"))
    assert (found.amount, found.reversal) == (Money(45_000, "NOK"), True)


def test_money_out_is_no_receipt() -> None:
    reading = read(message(LINE.replace("C450", "D450"), closed="D261125NOK450,00"))
    assert (reading.receipts, reading.problems, reading.through) == ((), (), date(2026, 11, 25))


def test_numbered_parts_give_the_payers_words_and_name() -> None:
    found = read(STATEMENT).receipts[1]
    assert (found.text, found.payer) == ("Faktura 1002 og 1003, takk for brød", "Lilla Blomman")


@pytest.mark.parametrize("divider", ["?", ">", "~"])
def test_numbered_parts_may_have_any_divider_and_break_anywhere(divider: str) -> None:
    parts = "166?00GIRO?20Faktura 1002 och 1003 fr?21Lilla Blo\nmman?32Café Norr\nsken".replace("?", divider)
    found = told(parts)
    assert (found.text, found.payer) == ("Faktura 1002 och 1003 fr Lilla Blomman", "Café Norrsken")


def test_words_between_slashes_give_name_text_and_structured_reference() -> None:
    found = told("/EREF/E-1/ORDP//NAME/Café Norrsken/REMI/USTD//Faktura 1001/")
    assert (found.payer, found.text, found.references) == ("Café Norrsken", "Faktura 1001", ())
    found = told("/CNTP/NO9386011117947/BANKNOKK/Café Norrsken///REMI/STRD/CUR/100107/")
    assert (found.payer, found.text, found.references) == ("Café Norrsken", "", ("100107",))


def test_plain_lines_are_the_text() -> None:
    assert told("Café Norrsken\nFaktura 1001").text == "Café Norrsken Faktura 1001"


def test_a_returned_payment_says_so_in_its_words() -> None:
    lines = LINE.replace("C450", "D450") + ":86:/RTRN/AC04/NAME/Herr Mogens/REMI/Faktura 1005/\n"
    found = receipt(lines, "D261125NOK450,00")
    assert (found.amount, found.reversal, found.payer) == (Money(-45_000, "NOK"), True, "Herr Mogens")


@pytest.mark.parametrize(
    ("reference", "given"),
    [("100107", ("100107",)), ("RF18539007547034", ("RF18539007547034",)), ("Order 7", ()), ("NONREF", ())],
)
def test_the_reference_for_the_account_owner_counts_where_it_can_be_one(
    reference: str, given: tuple[str, ...]
) -> None:
    assert receipt(LINE.replace("NONREF", reference)).references == given


def test_a_cheques_number_is_no_reference() -> None:
    assert receipt(LINE.replace("NTRFNONREF", "NCHK16703074")).references == ()


def test_what_stands_behind_the_closing_balance_belongs_to_no_payment() -> None:
    assert read(STATEMENT).receipts[-1].text == "Vipps"


def test_lines_that_are_alike_are_two_payments() -> None:
    *_, first, second = read(STATEMENT).receipts
    assert second.mark == f"{first.mark} #2"
    assert [each.mark for each in read(STATEMENT).receipts] == [
        each.mark for each in read(STATEMENT).receipts
    ]


def test_a_balance_that_does_not_follow_is_told_and_the_file_covers_no_day() -> None:
    reading = read(message(closed="C261125NOK4500,00"))
    (found,) = reading.problems
    assert (found.code, found.facts) == ("statement_differs", {"stated": "4500.00", "found": "450.00"})
    assert reading.through is None


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("450,00", "4..50", "bad_amount"),
        ("450,00", "1.450,00", "bad_amount"),
        ("450,00", "450", "bad_amount"),
        ("261125", "261131", "bad_date"),
        ("2611251125", "2611251331", "bad_date"),
        ("C450", "X450", "broken_row"),
        ("NTRFNONREF//991", "", "broken_row"),
    ],
)
def test_a_line_in_doubt_is_a_problem_and_the_others_count(before: str, after: str, code: str) -> None:
    reading = read(message(LINE.replace(before, after, 1) + LINE))
    assert [(each.code, each.line) for each in reading.problems] == [(code, 5)]
    assert [each.amount for each in reading.receipts] == [Money(45_000, "NOK")]
    assert reading.through is None


def test_a_statement_without_its_end_gives_nothing() -> None:
    content = message()
    cut = read(content[: content.index(b":62F:")])
    assert ([each.code for each in cut.problems], cut.receipts) == (["statement_incomplete"], ())


def test_a_last_page_that_says_more_will_follow_covers_no_day() -> None:
    reading = read(STATEMENT[: STATEMENT.index(b"-}") + 2])
    assert [(each.code, each.line) for each in reading.problems] == [("statement_incomplete", 15)]
    assert (len(reading.receipts), reading.through) == (3, None)


def test_a_statement_without_a_currency_or_with_two_gives_nothing() -> None:
    assert problem_codes(message(opened="C2611240,00", closed="C261125450,00")) == ["no_currency"]
    assert problem_codes(message(opened="C261124SEK0,00")) == ["currency_conflict"]


def test_of_a_bad_and_a_good_statement_the_good_one_counts() -> None:
    reading = read(message(closed="C26").removesuffix(END.encode()) + message())
    assert ([each.code for each in reading.problems], len(reading.receipts)) == (["bad_amount"], 1)


def test_a_report_of_a_day_in_progress_gives_what_is_booked_and_not_what_is_expected() -> None:
    reading = read(REPORT)
    (found,) = reading.receipts
    assert (found.amount, found.account) == (Money(45_000, "SEK"), "SE3550000000054910000003")
    assert (reading.format, reading.through) == ("mt942", date(2026, 11, 25))


@pytest.mark.parametrize("account", ["86011117947", "BANKNOKK/86011117947", "BANKNOKK/86011117947/NOK"])
def test_the_account_stands_alone_or_beside_its_bank_and_currency(account: str) -> None:
    content = message().replace(b":25:86011117947", f":25:{account}".encode())
    assert read(content).receipts[0].account == "86011117947"


@pytest.mark.parametrize(
    "lead", ["", "\ufeff", "ABNANL2A\n940\nABNANL2A\n", ":940:\n", "0000 01INGB\n940 00\n"]
)
def test_what_a_bank_puts_before_the_first_field_does_not_matter(lead: str) -> None:
    assert len(read(lead.encode() + message()).receipts) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1", "cp850"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end_is_read(encoding: str, newline: str) -> None:
    text = message(f"{LINE}:86:Café Blåbær, Malmö\n").decode().rstrip("\n").replace("\n", newline)
    assert read(text.encode(encoding)).receipts[0].text == "Café Blåbær, Malmö"


@given(st.integers(40, len(STATEMENT.rstrip()) - 40))
@settings(max_examples=150, deadline=None)
def test_a_file_cut_short_gives_no_money_that_is_not_in_it_and_a_problem(at: int) -> None:
    reading, whole = read(STATEMENT[:at]), read(STATEMENT).receipts
    assert reading.receipts == whole[: len(reading.receipts)]
    assert reading.problems or reading.receipts == whole


def test_a_report_in_progress_that_breaks_off_or_lacks_an_entry_says_so_and_covers_no_day() -> None:
    for part in (REPORT[:60], REPORT[:150], REPORT.replace(b":90C:1SEK", b":90C:2SEK")):
        reading = read(part)
        assert ([p.code for p in reading.problems], reading.through) == (["statement_incomplete"], None)
    assert not read(REPORT.replace(b":90D:0SEK0,00", b"")).problems
