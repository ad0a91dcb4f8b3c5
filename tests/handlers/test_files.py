"""Files: what they would change is shown first, all of them on one card, and taken in at one word."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat import Request, Upload
from tests.handlers.talk import Talk

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
HEAD = "Customer;Email;Invoice no;Issued;Due date;Amount;Currency;OCR;Description;Language\n"
ROW = "Hotel Aurora;bella@aurora.example;1060;2026-10-17;2026-11-17;1000,00;SEK;10603;Bread;en\n"


PDF = "%PDF-1.7\nnothing else"


def drop(talk: Talk, **contents: str) -> str:
    """Several files at once, each named by its first word and its kind."""
    files = tuple(Upload(name.replace("_", "."), content.encode()) for name, content in contents.items())
    return talk.ask(Request(talk.house.business.id, files=files))


def invoices(talk: Talk) -> set[str]:
    with talk.books() as books:
        return {i.number for i in books.invoices.all()}


def test_a_file_changes_nothing_until_the_owner_says_so(talk: Talk) -> None:
    before = talk.kept()
    assert "One new invoice, SEK 1,000, one new customer." in talk.drops("open.csv", HEAD + ROW)
    assert talk.kept() == before
    talk.presses("Take it in")
    assert "1060" in invoices(talk)


def test_the_same_file_again_changes_nothing(talk: Talk) -> None:
    talk.drops("open.csv", HEAD + ROW)
    talk.presses("Take it in")
    before = talk.kept()
    talk.drops("open.csv", HEAD + ROW)
    assert not talk.card().buttons and talk.kept() == before


def test_a_file_left_alone_changes_nothing(talk: Talk) -> None:
    talk.drops("open.csv", HEAD + ROW)
    talk.presses("Leave it")
    assert "1060" not in invoices(talk)


def test_a_broken_row_is_named_by_its_line_and_the_rest_is_taken_in(talk: Talk) -> None:
    broken = ROW.replace("1060", "1061").replace("2026-11-17", "2026-02-30")
    said = talk.drops("open.csv", HEAD + ROW + broken)
    assert "2026-02-30" in said and "3" in said
    talk.presses("Take it in")
    assert "1060" in invoices(talk)


def test_a_new_amount_for_a_known_invoice_is_shown_as_a_payment(talk: Talk) -> None:
    talk.drops("open.csv", HEAD + ROW)
    talk.presses("Take it in")
    talk.drops("open.csv", HEAD + ROW.replace("1000,00", "400,00"))
    talk.presses("Take it in")
    with talk.books() as books:
        assert [i.paid.minor for i in books.invoices.by_number("1060")] == [60_000]


@pytest.mark.parametrize("content", ["", "hello", "<not xml", "a;b\n1;2\n"])
def test_what_is_no_list_of_invoices_gets_a_sentence_and_changes_nothing(content: str, talk: Talk) -> None:
    before = talk.kept()
    assert talk.drops("strange.txt", content).strip()
    assert "went wrong" not in talk.card().text
    assert talk.kept() == before


def test_a_column_that_is_not_clear_is_asked_about(talk: Talk) -> None:
    talk.drops(
        "unsure.csv",
        "Kunde;Nr;Belopp 1;Belopp 2;Datum 1;Datum 2\nAurora;8001;10,00;20,00;2026-10-01;2026-11-01\n",
    )
    form = talk.card().form
    assert form
    choices = {f.name: f.options[-1][0] for f in form.fields if f.options}
    assert "unsure.csv" in talk.presses("Go on", **choices)


def test_several_files_are_one_card_and_one_word(talk: Talk) -> None:
    before = talk.kept()
    rows = {f"f{n}_csv": HEAD + ROW.replace("1060", f"{1060 + n}") for n in range(30)}
    said = drop(talk, **rows)
    assert "f0.csv, f1.csv, f2.csv and 27 more" in said and "30 new invoices, SEK 30,000" in said
    assert talk.kept() == before
    talk.presses("Take it in")
    assert {f"{1060 + n}" for n in range(30)} <= invoices(talk)


def test_of_several_first_files_all_that_is_late_rests(home: Path) -> None:
    talk = Talk.about(home, empty=True)
    late = {f"f{n}_csv": HEAD + ROW.replace("1060", f"{n}1060") for n in range(3)}
    drop(talk, **late)
    assert "I found 3 old unpaid invoices" in talk.presses("Take it in")


def test_the_same_file_twice_in_one_go_is_one(talk: Talk) -> None:
    assert "One new invoice, SEK 1,000" in drop(talk, a_csv=HEAD + ROW, b_csv=HEAD + ROW)


def test_of_several_files_what_is_wrong_says_where(talk: Talk) -> None:
    broken = ROW.replace("2026-11-17", "2026-02-30")
    said = drop(talk, good_csv=HEAD + ROW.replace("1060", "1061"), bad_csv=HEAD + broken)
    assert "bad.csv: Line 2: there is no such day as 2026-02-30." in said
    talk.presses("Take it in")
    assert "1061" in invoices(talk) and "1060" not in invoices(talk)


def test_one_invoice_with_two_amounts_in_two_files_is_no_payment(talk: Talk) -> None:
    said = drop(talk, a_csv=HEAD + ROW, b_csv=HEAD + ROW.replace("1000,00", "400,00"))
    assert "b.csv: Line 2: invoice 1060 stands more than once." in said and not talk.card().buttons


def test_a_question_about_one_file_keeps_the_others_waiting(talk: Talk) -> None:
    unsure = "Kunde;Nr;Belopp 1;Belopp 2;Datum 1;Datum 2\nAurora;8001;10,00;20,00;2026-10-01;2026-11-01\n"
    drop(talk, open_csv=HEAD + ROW, unsure_csv=unsure)
    form = talk.card().form
    assert form
    said = talk.presses("Go on", **{f.name: f.options[-1][0] for f in form.fields if f.options})
    assert "Two new invoices" in said
    talk.presses("Take it in")
    assert {"1060", "8001"} <= invoices(talk)


def test_a_pdf_among_the_files_is_attached_at_once(talk: Talk) -> None:
    said = drop(talk, open_csv=HEAD + ROW, **{"1058_pdf": PDF})
    assert "One new invoice" in said and "1058.pdf goes with invoice 1058 to Café Norrsken" in said


def test_two_customers_of_one_name_are_asked_about_by_the_line(talk: Talk) -> None:
    other = ROW.replace("1060", "1061").replace("bella@", "bo@")
    said = talk.drops("open.csv", HEAD + ROW + other)
    assert "Line 3: I have bella@aurora.example for Hotel Aurora." in said
    talk.presses("Take it in")
    assert "1060" in invoices(talk) and "1061" not in invoices(talk)


def test_who_approves_payments_gets_a_copy_of_the_letters(talk: Talk) -> None:
    head = HEAD.replace("Email", "Email;Copy to")
    talk.drops("open.csv", head + ROW.replace("example;1060", "example;boss@aurora.example;1060"))
    talk.presses("Take it in")
    with talk.books() as books:
        assert [c.cc for c in books.customers.by_name("Hotel Aurora")] == ["boss@aurora.example"]


def test_a_pdf_that_carries_its_e_invoice_is_taken_in_and_kept_with_it(talk: Talk) -> None:
    paper = (SAMPLES / "factur-x" / "1001.pdf").read_bytes()
    said = talk.ask(Request(talk.house.business.id, files=(Upload("scan.pdf", paper),)))
    assert "One new invoice" in said
    talk.presses("Take it in")
    with talk.books() as books:
        invoice = next(i for i in books.invoices.all() if i.number == "1001")
        assert [f.name for f in books.files.of_invoice(invoice.id)] == ["scan.pdf"]
    again = talk.ask(Request(talk.house.business.id, files=(Upload("scan.pdf", paper),)))
    assert "scan.pdf goes with invoice 1001" in again


def test_a_banks_list_whose_amount_is_asked_about_is_shown_as_money(talk: Talk) -> None:
    drop(talk, bank_csv="Bokförd;Text;Belopp;Amount\n2026-11-01;a;100,00;10,00\n")
    form = talk.card().form
    assert form
    talk.presses("Go on", amount="Belopp")
    assert any(button.action.verb == "bank.confirm" for button in talk.card().buttons)
