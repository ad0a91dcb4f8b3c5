"""Lists of banks: fifteen layouts, what came in alone, and no line that the balance does not bear out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.documents import Reading
from bot.money import Money
from storage.readers import read

OWN = Path(__file__).resolve().parents[2] / "samples" / "bank_csv"
HEADINGS = "Bokföringsdag;Text;Belopp;Saldo\n"
BARE = """02-11-2026;Café Norrsken;12.500,50;13.500,50
03-11-2026;Husleje;-899,00;12.601,50
04-11-2026;Lilla Blomman 1003;999,90;13.601,40
"""
LISTS = {
    "Danske Bank NO": "Bokført dato;Rentedato;Tekst;Beløp i NOK;Bokført saldo i NOK;Status\n"
    "02.11.2026;02.11.2026;Fra Café / Faktura 1001;1250.50;2250.50;Utført\n",
    "Danske Bank FI": '"Pvm";"Saaja/Maksaja";"Määrä";"Saldo";"Tila";"Tarkastus"\n'
    '"02.11.2026";"Kahvila";"1 250,50";"2 250,50";"Toteutunut";""\n',
    "Jyske Bank": "Dato,,Tekst,,Beløb,Saldo,Kommentar,Afstemt,Flag,Konto\n"
    '02.11.2026,,Café,,"1.250,50","2.250,50",,,,Erhverv\n',
    "Nordea DK": "Bogført;Tekst;Rentedato;Beløb;Saldo\n02-11-2026;Café;02-11-2026;1250,50;3669,16\n",
    "SpareBank 1": "Dato;Beskrivelse;Rentedato;Inn;Ut;Til konto;Fra konto;\n"
    '"02.11.2026";"Fra Café";"02.11.2026";"1250,50";"";"12345678903";"86011117947";\n',
    "SR-Bank": "Bet.dato;Beskrivelse;Rentedato;Ut/Inn;\n02.11.2026;Café;02.11.2026;1250,50;\n",
    "Sbanken": "BOKFØRINGSDATO;RENTEDATO;ARKIVREFERANSE;TYPE;TEKST;UT FRA KONTO;INN PÅ KONTO\n"
    "2026-11-02;2026-11-02;12345678;Giro;Fra: Café;;1250,50\n",
    "Swedbank": "* Transaktioner Period 2026-11-01 - 2026-11-30,,,,\n"
    "Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,Referens,"
    "Beskrivning,Belopp,Bokfört saldo\n"
    '1,83279,1234567890,"Konto",SEK,2026-11-02,2026-11-02,2026-11-02,"Café","BG",1250.50,2250.50\n',
    "Handelsbanken": "Kontoutdrag\nKonto;123\n\nReskontradatum;Transaktionsdatum;Text;Belopp;Saldo\n"
    "2026-11-02;2026-11-02;Café;1 250,50;2 250,50\n",
    "Länsförsäkringar": '"Bokföringsdatum";"Transaktionsdatum";"Transaktionstyp";"Meddelande";"Belopp"\n'
    '"2026-11-02";"2026-11-02";"Insättning";"Café OCR 1001072";"1250,50"\n',
    "Nordea SE": "Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta;\n"
    "2026/11/02;1250,50;;123456;Café;Insättning;10000,00;SEK;\nReserverat;-19,00;;;;Kort;;SEK;\n",
    "Nordea SE, older": "Datum,Transaktion,Kategori,Belopp,Saldo\n"
    '2026-11-02,Insättning Café,,"1.250,50","2.250,50"\n,,,,\n',
    "ICA Banken": "Datum;Text;Typ;Budgetgrupp;Belopp;Saldo\n"
    "2026-11-02;Överföring;Insättning;Övrigt;1 250,50 kr;2 250,50 kr\n",
    "Swedbank, older": 'Datum,Text,Belopp,D/K,Saldo\n2026/11/02,Café,"1250,50",K,"2250,50"\n',
    "S-Pankki": "Kirjauspäivä;Maksupäivä;Summa;Tapahtumalaji;Maksaja;Saajan nimi;Saajan tilinumero;"
    "Saajan BIC-tunnus;Viitenumero;Viesti;Arkistointitunnus\n"
    "02.11.2026;02.11.2026;+1250,50;TILISIIRTO;KAHVILA;ME;FI21 1234 5600 0007 85;S;'10016;-;2026110212345\n",
    "Nordea FI": "Kirjauspäivä;Arvopäivä;Maksupäivä;Määrä;Saaja/Maksaja;Tilinumero;BIC;Tapahtuma;Viite;"
    "Maksajan viite;Viesti;Kortinnumero;Kuitti\n"
    "02.11.2026;02.11.2026;02.11.2026;1250,50;KAHVILA;;;Viitemaksu;10016;;;;\n",
    "letters lost on the way": "Bokf?rt dato;Rentedato;Tekst;Bel?p;Saldo\n"
    "02.11.2026;02.11.2026;x;1250,50;2250,50\n",
    "letters spelt out": "Bokfort dato;Tekst;Belop i NOK;Bokfort saldo i NOK\n02.11.2026;x;1250.50;2250.50\n",
}


def rows(*lines: str, headings: str = HEADINGS, currency: str = "SEK") -> Reading:
    return read((headings + "".join(line + "\n" for line in lines)).encode(), currency=currency)


@pytest.mark.parametrize("bank", LISTS)
def test_the_list_of_each_bank_gives_the_payment_that_came_in(bank: str) -> None:
    reading = read(LISTS[bank].encode())
    (found,) = reading.receipts
    assert (found.day, found.amount.decimal) == (date(2026, 11, 2), Money(125_050, "NOK").decimal)
    assert (reading.problems, reading.documents, reading.through) == ((), (), date(2026, 11, 2))
    assert found.mark


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850"])
def test_every_usual_encoding(encoding: str) -> None:
    (found,) = read(LISTS["SpareBank 1"].replace("Fra ", "Frå ").encode(encoding)).receipts
    assert found.text == "Frå Café".encode(encoding, "replace").decode(encoding)


@pytest.mark.parametrize(
    ("name", "amounts"),
    [
        ("dnb", ["12500.50", "999.90"]),
        ("nordea_no", ["12500.50"]),
        ("seb", ["999.90", "12500.50"]),
        ("danske_dk", ["12500.50"]),
        ("op", ["1250.50"]),
    ],
)
def test_only_what_came_in_and_is_booked_counts(name: str, amounts: list[str]) -> None:
    reading = read((OWN / f"{name}.csv").read_bytes())
    assert [str(r.amount.decimal) for r in reading.receipts] == amounts
    assert reading.problems == ()


def test_a_payment_knows_who_paid_why_and_to_which_account() -> None:
    (found,) = read((OWN / "nordea_no.csv").read_bytes()).receipts
    assert (found.payer, found.references) == ("CAFE NORRSKEN AS", ("1001072",))
    assert (found.text, found.account, found.line) == ("KID 1001072", "12345678903", 2)


def test_who_paid_is_read_from_the_words_where_no_column_tells() -> None:
    first, second = read((OWN / "dnb.csv").read_bytes()).receipts
    assert (first.payer, second.payer, second.references) == ("Café Norrsken AS", "", ("1003072",))


def test_a_long_number_of_the_banks_own_is_the_mark_in_every_file() -> None:
    (found,) = read((OWN / "op.csv").read_bytes()).receipts
    assert (found.mark, found.references) == ("20261102/593619/876543", ("00000000000000010016",))


def test_the_same_payment_has_the_same_mark_in_an_overlapping_list_and_two_alike_are_two() -> None:
    lines = ["2026-11-01;a;100,00;100,00", "2026-11-02;a;100,00;200,00", "2026-11-02;a;100,00;300,00"]
    older, newer = rows(*lines[:2]), rows(*lines[1:])
    assert older.receipts[1].mark == newer.receipts[0].mark
    assert len({r.mark for r in (*older.receipts, *newer.receipts)}) == 3
    bare = rows("2026-11-02;a;100,00", "2026-11-02;a;100,00", headings="Bokföringsdag;Text;Belopp\n")
    assert len({r.mark for r in bare.receipts}) == 2


@pytest.mark.parametrize("turn", [1, -1])
def test_a_line_that_leads_to_another_balance_is_named_and_left_out(turn: int) -> None:
    lines = [
        "2026-11-01;a;100,00;100,00",
        "2026-11-02;b;50,00;150,00",
        "2026-11-03;c;500,00;200,00",
        "2026-11-04;d;10,00;210,00",
    ]
    reading = rows(*lines[::turn])
    assert sorted(r.text for r in reading.receipts) == ["a", "b", "d"]
    assert [(p.code, p.line) for p in reading.problems] == [("balance_break", 4 if turn == 1 else 3)]


def test_a_balance_that_never_follows_is_said_once_and_signed_amounts_still_count() -> None:
    reading = rows("2026-11-01;a;100,00;7,00", "2026-11-02;b;-50,00;9,00", "2026-11-03;c;1,00;3,00")
    assert [r.text for r in reading.receipts] == ["a", "c"]
    assert [(p.code, p.line) for p in reading.problems] == [("balance_break", None)]


def test_amounts_without_a_sign_whose_balance_falls_give_nothing() -> None:
    reading = rows("2026-11-01;a;100,00;100,00", "2026-11-02;b;50,00;50,00", "2026-11-03;c;20,00;30,00")
    assert (reading.receipts, [p.code for p in reading.problems]) == ((), ["unsupported"])
    mixed = rows("2026-11-01;a;100,00;100,00", "2026-11-02;b;50,00;70,00", "2026-11-03;c;20,00;99,00")
    assert (mixed.receipts, [p.code for p in mixed.problems]) == ((), ["balance_break"])


def test_an_account_of_the_books_is_told_from_the_banks_own_list() -> None:
    ledger = "Datum;Text;Debet;Kredit;Saldo\n"
    reading = rows("2026-11-01;a;100,00;;100,00", "2026-11-02;b;;20,00;80,00", headings=ledger)
    assert (reading.receipts, [p.code for p in reading.problems]) == ((), ["unsupported"])


def test_a_broken_line_is_a_problem_and_parts_the_balance_around_it() -> None:
    reading = rows(
        "2026-11-01;a;100,00;100,00",
        "2026-02-30;b;50,00;150,00",
        "2026-11-03;c;12..5;162,50",
        "2026-11-04;d;1,00;1,00",
    )
    assert [r.text for r in reading.receipts] == ["a", "d"]
    assert [(p.code, p.line) for p in reading.problems] == [("bad_date", 3), ("bad_amount", 4)]


def test_money_both_in_and_out_on_one_line_is_a_problem() -> None:
    reading = rows("2026-11-01;a;1,00;2,00", headings="Dato;Tekst;Inn;Ut\n", currency="NOK")
    assert (reading.receipts, [(p.code, p.line) for p in reading.problems]) == ((), [("bad_amount", 2)])


def test_a_line_with_a_delimiter_too_many_is_a_problem() -> None:
    assert [p.code for p in rows("2026-11-01;a;b;1,00;2,00").problems] == ["broken_row"]


@pytest.mark.parametrize("bank", [name for name, text in LISTS.items() if text[-8:-1] != "1250,50"])
def test_a_file_cut_off_anywhere_gives_no_wrong_amount(bank: str) -> None:
    whole = LISTS[bank].encode()
    right = {r.amount.decimal for r in read(whole).receipts}
    for end in range(len(whole)):
        assert {r.amount.decimal for r in read(whole[:end], currency="NOK").receipts} <= right


def test_an_amount_that_stands_last_and_alone_has_no_decimals_is_taken_for_cut_off() -> None:
    headings = "Bokföringsdag;Text;Belopp\n"
    reading = read((headings + "2026-11-01;a;10,00\n2026-11-02;b;125").encode())
    assert ([r.text for r in reading.receipts], [(p.code, p.line) for p in reading.problems]) == (
        ["a"],
        [("broken_row", 3)],
    )
    assert len(rows("2026-11-01;a;10", "2026-11-02;b;125", headings=headings).receipts) == 2


def test_of_two_amounts_the_balance_tells_which_and_else_the_owner_is_asked() -> None:
    proven = rows(
        "2026-11-01;a;100,00;10,00;100,00",
        "2026-11-02;b;50,00;5,00;150,00",
        headings="Datum;Text;Belopp;Amount;Saldo\n",
    )
    assert [r.amount.minor for r in proven.receipts] == [10_000, 5_000]
    content = b"Bokf\xf6rd;Text;Belopp;Amount\n2026-11-01;a;100,00;10,00\n"
    (question,) = read(content).questions
    assert (question.column, question.choices, question.sample) == (
        "amount",
        ("Belopp", "Amount"),
        ("100,00", "10,00"),
    )
    (found,) = read(content, columns={"amount": "Amount"}).receipts
    assert found.amount == Money(1_000, "SEK")


@pytest.mark.parametrize(
    ("headings", "home", "amount", "currency"),
    [
        ("Bokföringsdag;Text;Belopp", "", "1,00", "SEK"),
        ("Bokföringsdag;Text;Belopp", "EUR", "1,00", "EUR"),
        ("Bokföringsdag;Text;Belopp", "EUR", "1,00 kr", "SEK"),
        ("Bokföringsdag;Text;Belopp (EUR)", "SEK", "1,00", "EUR"),
        ("Bokföringsdag;Text;Belopp", "SEK", "1,00 EUR", "EUR"),
        ("Bokført;Tekst;Beløp", "", "1,00", "NOK"),
        ("Bogført;Tekst;Beløb", "", "1,00", "DKK"),
        ("Booked;Text;Amount", "NOK", "1,00", "NOK"),
    ],
)
def test_the_currency_is_the_columns_the_headings_or_the_one_at_home(
    headings: str, home: str, amount: str, currency: str
) -> None:
    (found,) = rows(f"2026-11-01;a;{amount}", headings=headings + "\n", currency=home).receipts
    assert found.amount == Money(100, currency)


@pytest.mark.parametrize(
    ("headings", "home"), [("Bokföringsdag;Text;Belopp", "NOK"), ("Booked;Text;Amount", "")]
)
def test_a_currency_that_could_be_another_is_never_guessed(headings: str, home: str) -> None:
    reading = rows("2026-11-01;a;1,00", headings=headings + "\n", currency=home)
    assert (reading.receipts, [p.code for p in reading.problems]) == ((), ["no_currency"])


@pytest.mark.parametrize(
    "headings",
    [
        "Kunde;Fakturanr;Fakturadato;Forfall;Beløp;Saldo",
        "Navn;Dato;Beløp;Saldo",
        "Navn;Nr;Dato;Frist;Beløp",
        "Dato;Bilag;Tekst;Beløp;Saldo",
        "Bokföringsdag;ISIN;Antal;Kurs;Belopp",
        "Datum;Specifikation;Ort;Valuta;Utl.belopp/moms;Belopp",
        "Datum;Beskrivning;Belopp",
    ],
)
def test_a_list_of_something_else_gives_no_payments(headings: str) -> None:
    cells = [
        "2026-11-01" if "dat" in h.lower() or "f" in h[:2].lower() else "7,00" for h in headings.split(";")
    ]
    assert rows(";".join(cells), headings=headings + "\n").receipts == ()


@pytest.mark.parametrize(
    "line",
    ["Summa;;500,00;", ";Utgående saldo;;500,00", "Reserverat;Kort;5,00;", ";;;", ";Kort;5,00;", "Slut"],
)
def test_a_line_that_tells_of_no_movement_is_passed_over(line: str) -> None:
    reading = rows("2026-11-01;a;1,00;5,00", line)
    assert ([r.text for r in reading.receipts], reading.problems) == (["a"], ())


def test_money_out_alone_still_tells_how_far_the_list_goes() -> None:
    reading = rows("2026-11-01;a;-1,00;5,00", "2026-11-03;a;-2,00;3,00")
    assert (reading.receipts, reading.problems, reading.through) == ((), (), date(2026, 11, 3))


def test_lines_without_headings_count_only_where_the_balance_runs_through_all() -> None:
    reading = read(BARE.encode(), currency="DKK")
    assert [r.text for r in reading.receipts] == ["Café Norrsken", "Lilla Blomman 1003"]
    assert [r.references for r in reading.receipts] == [(), ()]
    broken = read(BARE.replace("-899", "-898").encode(), currency="DKK")
    assert (broken.receipts, bool(broken.problems)) == ((), True)


def test_a_banks_list_in_a_workbook_is_read_alike(make_book: Callable[..., bytes]) -> None:
    book = make_book(
        [
            ["Bokföringsdag", "Text", "Belopp", "Saldo"],
            ["2026-11-02", "Café", 1250.5, 2250.5],
            ["x", "y", "z", 1],
        ]
    )
    reading = read(book)
    assert [r.amount for r in reading.receipts] == [Money(125_050, "SEK")]
    assert reading.format == "xlsx"
