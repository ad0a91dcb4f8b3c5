"""camt: what is booked counts, a batch comes apart, what goes back says so, sums that disagree are told."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Problem, Reading, Receipt
from bot.money import Money
from storage.readers import camt, read
from storage.readers._source import Source

OWN = Path(__file__).resolve().parents[2] / "samples"
STATEMENT = (OWN / "camt.053.001.08" / "statement.xml").read_bytes()
NOTICE = (OWN / "camt.054.001.02" / "notice.xml").read_bytes()

DEBTOR = "<RltdPties><Dbtr><Nm>Café Norrsken</Nm></Dbtr></RltdPties>"
PART = f"<NtryDtls><TxDtls>{DEBTOR}</TxDtls></NtryDtls>"
ENTRY = (
    '<Ntry><Amt Ccy="SEK">450.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
    f"<BookgDt><Dt>2026-11-25</Dt></BookgDt><AcctSvcrRef>R1</AcctSvcrRef>{PART}</Ntry>"
)


def balance(kind: str, amount: str, day: str = "2026-11-25") -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">{amount}</Amt>'
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def statement(*inside: str, version: str = "02", head: str = "") -> bytes:
    return (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><Stmt>{head}'
        "<Acct><Id><IBAN>SE3550000000054910000003</IBAN></Id><Ownr><Nm>Åsas Bageri</Nm></Ownr></Acct>"
        f"{''.join(inside)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def receipt(entry: str) -> Receipt:
    reading = read(statement(entry))
    assert reading.problems == ()
    (found,) = reading.receipts
    return found


def problem(*inside: str) -> Problem:
    (found,) = read(statement(*inside)).problems
    return found


def told(part: str) -> Receipt:
    return receipt(ENTRY.replace(DEBTOR, DEBTOR + part))


def test_a_payment_gives_day_amount_reference_payer_account_and_the_banks_name_for_it() -> None:
    reading = read(STATEMENT)
    assert reading.receipts[0] == Receipt(
        day=date(2026, 11, 25),
        amount=Money(1_250_050, "NOK"),
        references=("100107",),
        payer="Café Norrsken",
        line=22,
        account="NO9386011117947",
        mark="B-7/T-1 12500.50 NOK",
        lump="B-7 13500.50 NOK",
    )
    assert (reading.format, reading.through) == ("camt.053.001.08", date(2026, 11, 25))


def test_a_batch_comes_apart_into_its_payments() -> None:
    amounts = [each.amount.minor for each in read(STATEMENT).receipts]
    assert amounts == [1_250_050, 100_000, 130_000, -20_000]


def test_a_batch_that_does_not_add_up_stays_one_with_all_references_and_no_name_where_there_are_two() -> None:
    (found, *_) = read(STATEMENT.replace(b'<Amt Ccy="NOK">1000.00<', b'<Amt Ccy="NOK">999.00<', 2)).receipts
    assert (found.amount, found.payer) == (Money(1_350_050, "NOK"), "")
    assert found.references == ("100107", "100206", "100305", "1002")


def test_the_ultimate_debtor_is_the_payer() -> None:
    assert read(STATEMENT).receipts[1].payer == "Lilla Blomman"


def test_references_of_every_kind_are_given_and_end_to_end_ids_are_none() -> None:
    assert read(STATEMENT).receipts[1].references == ("100206", "100305", "1002")


def test_what_was_booked_counts_and_not_what_was_sent_in_another_currency() -> None:
    assert read(STATEMENT).receipts[2].amount == Money(130_000, "NOK")


def test_lines_cut_at_their_full_length_run_on_in_the_next() -> None:
    lines = ("Faktura 1002 och 1003 från Café Norr", "sken i Luleå")
    cut = "".join(f"<Ustrd>{line}</Ustrd>" for line in (lines[0][:35], lines[0][35:] + lines[1]))
    assert told(f"<RmtInf>{cut}</RmtInf>").text == "".join(lines)
    apart = "<RmtInf><Ustrd>Tack för</Ustrd><Ustrd>brödet</Ustrd></RmtInf>"
    assert told(apart).text == "Tack för brödet"


def test_without_words_of_the_payer_the_banks_own_are_the_text() -> None:
    assert receipt(ENTRY.replace(PART, f"{PART}<AddtlNtryInf>Insättning</AddtlNtryInf>")).text == "Insättning"


def test_money_out_is_no_receipt() -> None:
    reading = read(statement(ENTRY.replace("CRDT", "DBIT")))
    assert (reading.receipts, reading.problems) == ((), ())
    assert reading.through == date(2026, 11, 25)


@pytest.mark.parametrize("status", ["PDNG", "INFO", "FUTR"])
@pytest.mark.parametrize("shape", ["{}", "<Cd>{}</Cd>"])
def test_what_is_not_booked_is_not_money_yet(status: str, shape: str) -> None:
    reading = read(statement(ENTRY.replace(">BOOK<", f">{shape.format(status)}<")))
    assert (reading.receipts, reading.problems) == ((), ())


def test_an_unknown_status_is_told_and_not_taken_for_booked() -> None:
    found = problem(ENTRY.replace("BOOK", "MAYBE"))
    assert (found.code, found.facts["value"]) == ("broken_row", "MAYBE")


REVERSED = "<Sts>BOOK</Sts>", "<RvslInd>true</RvslInd><Sts>BOOK</Sts>"
RETURNED = DEBTOR, f"{DEBTOR}<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
FAMILY = "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{}</Cd><SubFmlyCd>{}</SubFmlyCd></Fmly></Domn></BkTxCd>"
UNPAID = PART, FAMILY.format("IDDT", "UPDD") + PART


@pytest.mark.parametrize("change", [REVERSED, RETURNED, UNPAID])
def test_a_payment_taken_back_is_below_nothing_and_called_a_reversal(change: tuple[str, str]) -> None:
    found = receipt(ENTRY.replace("CRDT", "DBIT").replace(*change))
    assert (found.amount, found.reversal, found.payer) == (Money(-45_000, "SEK"), True, "Café Norrsken")


@pytest.mark.parametrize("change", [REVERSED, RETURNED, (PART, FAMILY.format("ICDT", "RRTN") + PART)])
def test_our_own_money_coming_back_is_no_payment(change: tuple[str, str]) -> None:
    found = receipt(ENTRY.replace(*change))
    assert (found.amount, found.reversal) == (Money(45_000, "SEK"), True)


def test_a_reversal_that_is_not_one_is_a_payment() -> None:
    assert not receipt(ENTRY.replace(*REVERSED).replace("true", "false")).reversal


def test_where_the_debtor_is_ourselves_the_other_side_is_named() -> None:
    ours = "<Dbtr><Nm>ÅSAS BAGERI</Nm></Dbtr><Cdtr><Nm>Herr Mogens</Nm></Cdtr>"
    entry = (
        ENTRY.replace("CRDT", "DBIT").replace(*REVERSED).replace("<Dbtr><Nm>Café Norrsken</Nm></Dbtr>", ours)
    )
    assert receipt(entry).payer == "Herr Mogens"


def test_an_amount_of_nothing_in_the_details_leaves_the_entrys() -> None:
    assert told('<Amt Ccy="SEK">0</Amt>').amount == Money(45_000, "SEK")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("450.00", "12..34", "bad_amount"),
        ("450.00", "-450.00", "bad_amount"),
        ("450.00", "450,00", "bad_amount"),
        ("450.00", "450.005", "bad_amount"),
        ("450.00", "NaN", "bad_amount"),
        ("450.00", "", "missing_amount"),
        ("SEK", "kronor", "bad_currency"),
        ("2026-11-25", "2026-02-30", "bad_date"),
        ("2026-11-25", "0026-11-25", "bad_date"),
        ("<BookgDt><Dt>2026-11-25</Dt></BookgDt>", "", "broken_row"),
        ("CRDT", "CREDIT", "broken_row"),
        ("<Sts>BOOK</Sts>", "<Sts>BOOK</Sts><RvslInd>perhaps</RvslInd>", "broken_row"),
    ],
)
def test_an_entry_in_doubt_is_a_problem_and_the_others_count(before: str, after: str, code: str) -> None:
    reading = read(statement(ENTRY.replace(before, after), "\n" + ENTRY))
    assert [(each.code, each.line) for each in reading.problems] == [(code, 1)]
    assert [each.amount for each in reading.receipts] == [Money(45_000, "SEK")]
    assert reading.through is None


def test_an_entry_without_a_day_is_of_the_day_the_bank_told_of_it() -> None:
    entry = ENTRY.replace("<BookgDt><Dt>2026-11-25</Dt></BookgDt>", "")
    made = "<CreDtTm>2026-11-24T18:00:00Z</CreDtTm>"
    assert read(statement(entry, head=made)).receipts[0].day == date(2026, 11, 24)


def test_the_value_day_stands_in_for_a_booking_day() -> None:
    assert receipt(ENTRY.replace("BookgDt", "ValDt")).day == date(2026, 11, 25)


def test_balances_that_follow_from_the_entries_are_fine() -> None:
    assert not read(statement(balance("OPBD", "50.00"), balance("CLBD", "500.00"), ENTRY)).problems


def test_balances_that_do_not_follow_are_told_and_the_file_covers_no_day() -> None:
    reading = read(statement(balance("PRCD", "50.00"), balance("CLBD", "5000.00"), ENTRY))
    (found,) = reading.problems
    assert (found.code, found.facts) == ("statement_differs", {"stated": "5000.00", "found": "500.00"})
    assert reading.through is None


def test_entries_that_are_missing_by_count_are_told() -> None:
    summary = "<TxsSummry><TtlCdtNtries><NbOfNtries>3</NbOfNtries></TtlCdtNtries></TxsSummry>"
    found = problem(summary, ENTRY)
    assert (found.code, found.facts) == ("statement_incomplete", {"stated": "3", "found": "1"})


PAGE = "<StmtPgntn><PgNb>{}</PgNb><LastPgInd>{}</LastPgInd></StmtPgntn>"


def test_a_page_of_a_statement_need_not_add_up_by_itself() -> None:
    page = PAGE.format(2, "true")
    reading = read(statement(page, balance("OPBD", "50.00"), balance("CLBD", "5000.00"), ENTRY))
    assert (reading.problems, reading.through) == ((), date(2026, 11, 25))


def test_a_last_page_that_says_more_will_follow_covers_no_day() -> None:
    reading = read(statement(PAGE.format(1, "false"), ENTRY))
    assert [each.code for each in reading.problems] == ["statement_incomplete"]
    assert (len(reading.receipts), reading.through) == (1, None)


def test_a_statement_without_entries_still_tells_how_far_it_goes() -> None:
    reading = read(statement(balance("OPBD", "5.00"), balance("CLBD", "5.00", "2026-11-24")))
    assert (reading.receipts, reading.problems, reading.through) == ((), (), date(2026, 11, 24))


def test_several_statements_cover_the_day_that_every_account_is_told_of() -> None:
    later = statement(ENTRY.replace("2026-11-25", "2026-11-26")).decode().replace("SE355", "SE999")
    inside = later[later.index("<Stmt>") : later.index("</BkToCstmrStmt>")]
    both = statement(ENTRY).decode().replace("</BkToCstmrStmt>", f"{inside}</BkToCstmrStmt>")
    reading = read(both.encode())
    assert [each.account[:5] for each in reading.receipts] == ["SE355", "SE999"]
    assert reading.through == date(2026, 11, 25)


def marks(reading: Reading) -> list[str]:
    return [each.mark for each in reading.receipts]


def test_the_notice_and_the_statement_call_a_payment_the_same() -> None:
    assert marks(read(NOTICE)) == marks(read(STATEMENT))[:2]
    assert (read(NOTICE).format, read(NOTICE).receipts[0].account) == ("camt.054.001.02", "86011117947")


def test_a_payment_and_its_reversal_have_two_names() -> None:
    assert receipt(ENTRY).mark != receipt(ENTRY.replace("CRDT", "DBIT").replace(*REVERSED)).mark


@pytest.mark.parametrize("name", ["", "NONREF"])
def test_payments_without_a_name_are_named_by_what_they_are_and_counted_when_alike(name: str) -> None:
    entry = ENTRY.replace(">R1<", f">{name}<")
    other = entry.replace("Café Norrsken", "Lilla Blomman")
    first, second, third = marks(read(statement(entry, entry, other)))
    assert second == f"{first} #2"
    assert third not in (first, second)
    assert marks(read(statement(other, entry))) == [third, first]


@pytest.mark.parametrize("version", [f"{number:02d}" for number in range(1, 14)])
def test_every_version_is_read_and_named(version: str) -> None:
    reading = read(statement(ENTRY, version=version))
    assert (reading.format, len(reading.receipts)) == (f"camt.053.001.{version}", 1)


def test_the_first_version_had_other_names_for_some_things() -> None:
    old = (
        statement(ENTRY.replace("<NtryDtls>", "").replace("</NtryDtls>", ""), version="01")
        .replace(b"BkToCstmrStmt", b"BkToCstmrStmtV01")
        .replace(b"<IBAN>", b"<PrtryAcct><Id>")
        .replace(b"</IBAN>", b"</Id></PrtryAcct>")
    )
    (found,) = read(old).receipts
    assert (found.payer, found.account) == ("Café Norrsken", "SE3550000000054910000003")


@pytest.mark.parametrize("message", ["BkToCstmrAcctRpt/Rpt", "BkToCstmrDbtCdtNtfctn/Ntfctn"])
def test_a_report_and_a_notice_are_read_even_without_their_namespace(message: str) -> None:
    outer, inner = message.encode().split(b"/")
    content = statement(ENTRY).replace(b"BkToCstmrStmt", outer).replace(b"Stmt>", inner + b">")
    reading = read(content.replace(b"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", b"urn:bank"))
    assert len(reading.receipts) == 1
    assert reading.format in ("camt.052", "camt.054")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_any_encoding_of_xml_is_read(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?>\r\n' + statement(ENTRY).decode()
    assert read(text.encode(encoding)).receipts[0].payer == "Café Norrsken"


def test_a_document_type_is_refused() -> None:
    content = b'<!DOCTYPE Document [<!ENTITY a "450.00">]>' + statement(ENTRY.replace("450.00", "&a;"))
    reading = read(content)
    assert ([each.code for each in reading.problems], reading.receipts) == (["unsafe_xml"], ())


def test_a_message_without_any_statement_is_no_bank_file() -> None:
    assert problem_codes(statement(ENTRY).replace(b"Stmt>", b"Other>")) == ["unknown_xml"]


def problem_codes(content: bytes) -> list[str]:
    return [each.code for each in read(content).problems]


@given(st.integers(1, len(STATEMENT.rstrip()) - 1))
@settings(max_examples=150, deadline=None)
def test_a_statement_cut_short_gives_a_problem_and_no_money(at: int) -> None:
    reading = read(STATEMENT[:at])
    assert reading.problems
    assert (reading.receipts, reading.through) == ((), None)


def test_a_long_statement_needs_no_more_memory_than_its_receipts() -> None:
    content = statement(ENTRY * 3_000)
    tracemalloc.start()
    reading = camt.read(Source(content))
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(reading.receipts) == 3_000
    assert peak - kept < 1024 * 1024
