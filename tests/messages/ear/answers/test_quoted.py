"""A customer's own words: quotes, the mail program's mark, cards and markup are cut away."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.ear.answers import unquoted
from messages.ear.answers.quoted import parted

SHARED = Path(__file__).parents[4].parent / "shared" / "samples" / "mail" / "replies"
LETTER = "Hei!\nFaktura 12 forfalt 3. mai. Har du allerede betalt, se bort fra dette."

INTRODUCTIONS = (
    "Den 24. jan. 2026 kl. 09:08 skrev Fjordlys <faktura@fjordlys.example>:",
    "24. jan. 2026 kl. 09:08 skrev Fjordlys <faktura@fjordlys.example>:",
    "lør. 24. jan. 2026 kl. 09:08 skreiv Fjordlys <faktura@fjordlys.example>:",
    "Den 4 sep. 2026 kl. 07:57 skrev Sjöbo Värme <ekonomi@dungen.example>:",
    "Den 12. mar. 2026 kl. 08:08 skrev Klintholm Have <regnskab@bakkelyst.example>:",
    "On 18 Mar 2026, at 14:58, Accounts <billing@northlight.example> wrote:",
    "Taloushallinto <laskutus@kaarna.example> kirjoitti 23. syysk. 2026 kello 09:05:",
    "ke 22. lokak. 2026 klo 6.07 Myyntireskontra (laskutus@kaarna.example) kirjoitti:",
)
RULES = (
    "-----Opprinnelig melding-----\nFra: Faktura <a@b.example>\nSendt: tirsdag 7. april 2026\nEmne: Purring",
    "-----Ursprungligt meddelande-----\nFrån: Ekonomi\nSkickat: den 5 juni 2026\nÄmne: Påminnelse",
    "-----Oprindelig meddelelse-----\nFra: Bogholderi\nSendt: 24. november 2026\nEmne: Rykker",
    "-----Original Message-----\nFrom: Accounts\nSent: Sunday 21 February 2027\nSubject: Reminder",
    "-----Alkuperäinen viesti-----\nLähettäjä: Laskutus\nLähetetty: tiistai 2.6.2026\nAihe: Muistutus",
    "________________________________\nFrån: Bygg\nSkickat: 2027-02-08\nÄmne: Faktura",
    "Fra: Faktura <a@b.example>\nSendt: 7. april 2026\nTil: Ola\nEmne: Purring",
    "---------- Forwarded message ---------\nFrom: Accounts\nDate: Tue\nSubject: x\nTo: y",
)


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_what_a_mail_program_quotes_is_cut_away(introduction: str) -> None:
    marked = "\n".join(f"> {line}" for line in LETTER.split("\n"))
    assert unquoted(f"Betaler fredag.\n\n{introduction}\n{marked}") == "Betaler fredag."
    assert unquoted(f"Betaler fredag.\n\n{introduction}\n\n{LETTER}") == "Betaler fredag."
    assert unquoted(f"{introduction}\n{marked}\n\nBetaler fredag.") == "Betaler fredag."


@pytest.mark.parametrize("rule", RULES)
def test_all_below_a_rule_and_its_headers_is_the_letter_that_is_answered(rule: str) -> None:
    assert unquoted(f"Betaler fredag.\n\n{rule}\n\n{LETTER}") == "Betaler fredag."


def test_answers_between_the_lines_are_kept() -> None:
    own, quoted = parted("> Kan du betale innen fredag?\nja\n> Stemmer adressen?\nnei")
    assert own == "ja\nnei"
    assert quoted == "Kan du betale innen fredag?\nStemmer adressen?"


@pytest.mark.parametrize(
    "mark",
    ["Sendt fra min iPhone", "Skickat från min Samsung Galaxy", "Lähetetty iPhonesta", "Sent from my iPad",
     "Get Outlook for iOS", "Hent Outlook til Android", "--\nKari Nordmann\nTlf. 400 00 000"],
)  # fmt: skip
def test_the_mark_of_a_phone_and_a_card_are_no_words_of_theirs(mark: str) -> None:
    assert unquoted(f"Takk, ordner det.\nMvh Kari\n\n{mark}") == "Takk, ordner det.\nMvh Kari"


@pytest.mark.parametrize(
    "text",
    ["Jeg skrev 3. mai 2026 kl. 10.30:\nden er ødelagt", "Som vi skrev 12.4.:\n- én mangler", "Fra: i dag"],
)  # fmt: skip
def test_a_customer_may_say_that_they_wrote(text: str) -> None:
    assert unquoted(text) == text


def test_markup_is_read_as_a_person_sees_it() -> None:
    hidden = '<p style="display:none">Emme maksa</p><!-- paid --><style>x</style>'
    assert unquoted(f"<p>Maksamme <b>perjantaina</b></p>{hidden}") == "Maksamme perjantaina"
    assert unquoted("Hei<br><blockquote>Har du betalt?</blockquote>ja") == "Hei\n\nja"
    assert (
        unquoted("&lt;br&gt;Har betalt i dag&nbsp;&ndash;&nbsp;mvh Kari&lt;br&gt;")
        == "Har betalt i dag – mvh Kari"
    )


def test_an_address_in_angle_brackets_is_no_markup() -> None:
    assert unquoted("skriv til <siri@epost.example> takk") == "skriv til <siri@epost.example> takk"


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    assert len(unquoted(text)) <= 2 * len(text) + 10


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<div ", "<p>", "> ", "On 2026 <", "skrev:", "&lt;", "Fra: x\n", "-- \n", "_" * 25 + "\n"],
)
def test_a_long_hostile_text_takes_no_longer_than_a_long_text(piece: str) -> None:
    assert isinstance(unquoted(piece * (200_000 // len(piece))), str)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared samples beside the checkout")
def test_the_shared_samples_are_cut_as_they_should_be() -> None:
    for expected in sorted(SHARED.rglob("*.expected.txt")):
        if expected.name != "quote_and_text.expected.txt":  # its quotation is kept there
            text = expected.with_name(expected.name.replace(".expected", "")).read_text()
            assert unquoted(text) == expected.read_text().strip()
    for file in sorted(SHARED.rglob("*.eml")):
        body = email.message_from_bytes(file.read_bytes(), policy=email.policy.default).get_body(("plain",))
        assert body is not None and unquoted(body.get_content()) == "Hello"
