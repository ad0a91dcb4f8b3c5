from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from bot.dossiers import dossier
from bot.parties import LANGUAGES
from bot.replies import Reply
from messages.languages import LAYOUTS
from messages.papers import LAYOUT, LONGEST, Enclosed, sheet, typeset
from tests.bot.test_escalations import noticed
from tests.cast import ASAS_BAGERI, blomman, mogens, noon

TODAY = date(2026, 11, 26)
FILES = (Enclosed("letters/2026-11-06_final_notice.txt", "ab" * 32, 1234, "notice"),)
BUSINESS = replace(ASAS_BAGERI, terms_agreed=True, address=("Storgatan 1", "118 20 Stockholm"))


def read(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).split()).replace("\u00a0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_set_in_every_language_and_reads_back(language: str) -> None:
    found = dossier(noticed().invoices, noticed(), BUSINESS, TODAY, {})
    said = read(typeset(sheet(found, FILES, language), TODAY))
    for words in ("Bygg & Betong i Söder AB", "559912-3477", "2042", "Storgatan 1", "ab" * 32, "1234"):
        assert words in said


def test_it_is_known_as_what_it_is_and_made_on_its_day() -> None:
    found = dossier(noticed().invoices, noticed(), BUSINESS, TODAY, {})
    pdf = PdfReader(io.BytesIO(typeset(sheet(found, FILES, "sv"), TODAY)))
    assert pdf.metadata and pdf.metadata.title == "Inkassounderlag"
    assert str(pdf.root_object["/Lang"]) == "sv"
    assert pdf.metadata.creation_date and pdf.metadata.creation_date.date() == TODAY


def test_the_same_sheet_gives_the_same_bytes() -> None:
    found = dossier(noticed().invoices, noticed(), BUSINESS, TODAY, {})
    said = sheet(found, FILES, "nb")
    assert typeset(said, TODAY) == typeset(said, TODAY)


@pytest.mark.parametrize(
    "markup", ['#read("/etc/passwd")', "#panic()", "= Title", "*bold*", "$x$", "@label", "\\"]
)
def test_markup_in_a_name_is_shown_and_not_run(markup: str) -> None:
    case = noticed()
    case = replace(case, customer=replace(case.customer, name=f"A {markup} B"))
    found = dossier(case.invoices, case, BUSINESS, TODAY, {})
    assert f"A {markup} B" in read(typeset(sheet(found, FILES, "en"), TODAY))


def test_the_layout_reads_no_file_and_takes_no_package() -> None:
    source = (LAYOUTS / LAYOUT).read_text("utf-8")
    assert not re.search(r"#?\b(?:import|include|read|image|csv|yaml|toml|xml|plugin|eval)\b", source)


def test_a_sum_that_is_not_known_is_called_unknown() -> None:
    case = noticed()
    found = dossier(case.invoices, case, replace(BUSINESS, country="DK"), TODAY, {})
    said = read(typeset(sheet(found, (), "da"), TODAY))
    assert "ukendt" in said and "kontrolleret rentesats" in said


def test_a_debtor_stands_there_by_every_name_they_go_by() -> None:
    case = noticed()
    case = replace(case, customer=replace(case.customer, also=("Bygg i Norr AB",)))
    said = read(typeset(sheet(dossier(case.invoices, case, BUSINESS, TODAY, {}), (), "en"), TODAY))
    assert f"{case.customer.name}, Bygg i Norr AB" in said


def test_agreements_and_disputes_stand_with_how_they_ended() -> None:
    plan, contested = blomman(TODAY), mogens(TODAY)
    said = read(typeset(sheet(dossier(plan.invoices, plan, BUSINESS, TODAY, {}), (), "en"), TODAY))
    assert "Payment plan agreed with Åsa Lind:" in said and "(running)" in said
    found = dossier(contested.invoices, contested, BUSINESS, TODAY, {})
    assert "Kagen var tør." in read(typeset(sheet(found, (), "en"), TODAY))


def test_of_a_long_answer_the_index_shows_the_beginning() -> None:
    case = noticed()
    reply = Reply(id="r", customer="bygg", text="ord " * 2 * LONGEST, at=noon(TODAY))
    found = dossier(case.invoices, replace(case, replies=(reply,)), BUSINESS, TODAY, {})
    said = read(typeset(sheet(found, (), "sv"), TODAY))
    assert "ord …" in said and said.count("ord ") < LONGEST


def test_that_a_letter_may_not_have_arrived_is_said() -> None:
    case = noticed()
    failed = replace(case, letters=(replace(case.letters[0], state="failed"),))
    found = dossier(case.invoices, failed, BUSINESS, TODAY, {})
    assert "may not have arrived" in read(typeset(sheet(found, (), "en"), TODAY))
