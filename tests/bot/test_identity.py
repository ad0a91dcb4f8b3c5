"""Identity numbers are masked however they are written, and what is none stays as it was."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fi import hetu
from stdnum.no import fodselsnummer

from bot.identity import LIVING, MASK, masked
from bot.references.making import make

REPLIES = Path(__file__).resolve().parents[3] / "shared" / "replies"
days = st.dates(date(LIVING.start, 1, 1), date(LIVING.stop - 1, 12, 31))
serials = st.integers(2, 899).map("{:03}".format)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # nb
        ("Fødselsnummeret mitt er 15108695088.", "Fødselsnummeret mitt er •••••••••••."),
        ("Kari Nordmann, 151086 95088", "Kari Nordmann, •••••• •••••"),
        ("15.10.86 95088 eller 151086-95088", "••.••.•• ••••• eller ••••••-•••••"),
        ("D-nummer: 55108695083", "D-nummer: •••••••••••"),
        ("fnr 010100 12345 (sånn omtrent)", "fnr •••••• ••••• (sånn omtrent)"),
        # sv
        ("Mitt personnummer är 811218-9876", "Mitt personnummer är ••••••-••••"),
        ("8112189876, alltså 19811218-9876", "••••••••••, alltså ••••••••-••••"),
        ("198112189876 / 1981-12-18-9876", "•••••••••••• / ••••-••-••-••••"),
        ("Farmor 121212+1212 och pnr811218–9876", "Farmor ••••••+•••• och pnr••••••–••••"),
        ("Samordningsnummer 811278-9873", "Samordningsnummer ••••••-••••"),
        ("Enskild firma, org.nr 811218-9876", "Enskild firma, org.nr ••••••-••••"),
        ("Momsnr SE811218987601", "Momsnr ••••••••••••••"),
        ("personnr. 261125-0012", "personnr. ••••••-••••"),
        # da
        ("Mit CPR-nummer er 211062-5629", "Mit CPR-nummer er ••••••-••••"),
        ("211062 - 5629", "•••••• - ••••"),
        ("cpr 2110625629 eller cpr: 211062 5629", "cpr •••••••••• eller cpr: •••••• ••••"),
        # fi
        ("Henkilötunnukseni on 131052-308T", "Henkilötunnukseni on ••••••-••••"),
        ("131052a308t, 131052Y308T ja 131052+308T", "•••••••••••, ••••••••••• ja ••••••+••••"),
        ("hetu 131052-308U", "hetu ••••••-••••"),
        # en
        ("My personal identity number is 811218-9876.", "My personal identity number is ••••••-••••."),
        ("SSN:131052-308T", "SSN:••••••-••••"),
        ("811218-9876_agreement.pdf", "••••••-••••_agreement.pdf"),
        ("scan_8112189876.pdf", "scan_••••••••••.pdf"),
    ],
)
def test_an_identity_number_is_masked(text: str, kept: str) -> None:
    assert masked(text) == kept
    assert masked(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "KID 15108695088, kontonr 1234.56.78903",
        "konto 86011117947 · NO93 8601 1117 947",
        "Ring meg på tlf. 91234567 eller +47 912 34 567",
        "Org.nr 974 760 673 MVA",
        "OCR 8112189876 till bankgiro 5050-1055",
        "OCR-nummer: 8112189876",
        "Faktura nr 8112189876 är betald",
        "Org.nr 556047-3521, SE556047352101, 5560473521",
        "Ring 0701234567, 070-123 45 67 eller 08-123 45 67",
        "faktura 261125-0012",
        "251126-0012 og 261125-0012",
        "+71<004040400000669+12345678<",
        "Faktura 010190-1234 er betalt, CVR 24256790",
        "viite 86851 62596 19897, lasku 131052-309",
        "FI21 1234 5600 0007 85 · RF09 8685 1625 9619 897",
        "8 112 189 876,00 kr, 8112189876,50 and 1.234.567.890",
        "2026-11-25 1030, 1981-12-18 10:30, 20261125 1030",
        "The invoice of 18.12.1981 for 4125.50, order 4711",
        "811218-9875 and 15108695089 and 131052-308U",
        "INV811218-9876x",
        "Konto 1234 8112189876, reg.nr. 1234 8112189876",
        "Shopnr 261125-0012",
    ],
)
def test_what_is_no_identity_number_stays(text: str) -> None:
    assert masked(text) == text


@given(days, serials, st.sampled_from(["", "-", "–", " "]), st.booleans(), st.booleans())
def test_every_swedish_number_is_masked(
    born: date, serial: str, dash: str, century: bool, coordination: bool
) -> None:
    day = f"{born:%y%m}{born.day + 60 * coordination:02}"
    number = day + dash + serial + luhn.calc_check_digit(day + serial)
    _assert_hidden(f"{born.year // 100}{number}" if century and dash != " " else number, mobile=not dash)


@given(days, serials, st.sampled_from(["", " ", "-", "."]), st.booleans())
def test_every_norwegian_number_is_masked(born: date, serial: str, gap: str, d_number: bool) -> None:
    known = f"{born.day + 40 * d_number:02}{born:%m%y}{serial}"
    checks = known + fodselsnummer.calc_check_digit1(known)
    number = checks + fodselsnummer.calc_check_digit2(checks)
    if fodselsnummer.is_valid(number):
        _assert_hidden(number[:6] + gap + number[6:])


@given(days, st.integers(0, 9999).map("{:04}".format))
def test_every_danish_number_with_its_hyphen_is_masked(born: date, serial: str) -> None:
    later = "4" if born.year >= 2000 else "0"
    _assert_hidden(f"{born:%d%m%y}-{later}{serial[1:]}")


@given(st.dates(date(1850, 1, 1), date(2049, 12, 31)), serials, st.integers(0, 5))
def test_every_finnish_number_is_masked_whatever_its_century_sign(born: date, serial: str, at: int) -> None:
    signs = {18: "+", 19: "-YXWVU", 20: "ABCDEF"}[born.year // 100]
    day = f"{born:%d%m%y}"
    number = day + signs[at % len(signs)] + serial
    ending = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(day + serial) % 31]
    assert hetu.is_valid(number + ending)
    called = "hetu " if born.year not in LIVING and signs[at % len(signs)] == "-" else ""
    _assert_hidden(called + number + ending)
    _assert_hidden(called + (number + ending).lower())


@given(st.text("0123456789", min_size=7, max_size=11), st.sampled_from(["kid10", "ocr", "ocr_length", "fi"]))
def test_a_reference_called_one_stays(base: str, scheme: str) -> None:
    reference = make(base if base.strip("0") else "1" + base, scheme)
    for word in ("KID", "OCR-nr", "viitenumero:", "Fakturanummer", "ref."):
        assert masked(f"Betalt, {word} {reference}.") == f"Betalt, {word} {reference}."


@given(days, st.integers(1, 10**9), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%y", "%Y%m%d", "%d%m%y"]))
def test_days_and_amounts_stay(day: date, cents: int, written: str) -> None:
    amount = f"{cents // 100:,}.{cents % 100:02}"
    for shown in (amount, amount.replace(",", " "), amount.replace(",", "").replace(".", ",")):
        assert masked(f"{day.strftime(written)}: {shown} kr") == f"{day.strftime(written)}: {shown} kr"


@given(st.text())
def test_any_text_is_read_and_masking_twice_changes_nothing(text: str) -> None:
    once = masked(text)
    assert masked(once) == once and len(once) == len(text)


def test_a_very_long_text_is_read_in_time() -> None:
    text = "811218-987 811218 9876 " * 5_000 + "1" * 200_000
    assert len(masked(text)) == len(text)


@pytest.mark.shared
def test_nothing_is_masked_in_four_hundred_replies() -> None:
    files = sorted(REPLIES.glob("*.jsonl"))
    if not files:
        pytest.skip("the shared replies are not beside this checkout")
    texts = [json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines()]
    assert [text for text in texts if masked(text) != text] == []
    assert len(texts) > 400


def _assert_hidden(number: str, *, mobile: bool = False) -> None:
    """Nothing of it is left, at the ends of a text or within; `mobile`: it may be a telephone number."""
    if mobile and len(number) == 10 and number.startswith("070"):
        number = f"personnummer {number}"
    for text in (number, f"({number})", f"Hej, {number}. Tack!"):
        kept = masked(text)
        assert MASK in kept and not any(char.isdecimal() for char in kept)
