"""The evidence pack as a file: deterministic, complete, of one customer alone, and safe to unpack."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.cases import Case
from bot.parties import LANGUAGES
from bot.replies import Reply
from handlers.desk.packs import CHECKSUMS, INDEX, MANIFEST, make, safe
from storage.escalations import Pack
from tests.bot.test_escalations import noticed
from tests.cast import ASAS_BAGERI, BYGG_OCH_BETONG, CAFE_NORRSKEN, move_in, noon, norrsken
from tests.handlers.talk import Talk

TODAY = date(2026, 11, 25)
HOSTILE = '#read("/etc/passwd") *x* $y$ @z <b> \\ `#` ../../../etc \u202e'


def talk(folder: Path, *cases: Case) -> Talk:
    made = Talk.about(folder, empty=True)
    with made.books() as books:
        books.save_business(replace(ASAS_BAGERI, id=books.business.id, terms_agreed=True))
        move_in(books, *cases)
    return made


def pack(made: Talk, customer: str = BYGG_OCH_BETONG.id) -> Pack:
    with made.desk() as desk:
        return make(desk.books.case(customer), desk)


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text(content: bytes) -> str:
    """Every word of a PDF, with single blanks."""
    pages = PdfReader(io.BytesIO(files(content)[INDEX])).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()).replace("\u00a0", " ")


def with_papers(made: Talk, *names: str) -> Talk:
    with made.books() as books:
        books.replies.add(Reply(id="r", customer="bygg", text="Vi hör av oss.\n/Bo", at=noon(TODAY)))
        for name in names:
            books.files.attach("bygg-2042", name, f"%PDF of {name}".encode())
    return made


def test_the_same_books_give_the_same_bytes(tmp_path: Path) -> None:
    made = with_papers(talk(tmp_path, noticed()), "a.pdf", "b.pdf")
    first = pack(made)
    made.house.clock.at += timedelta(hours=5)
    assert pack(made) == first
    with made.books() as books:
        assert books.packs.all() == (first,)


def test_it_holds_the_index_the_originals_every_letter_and_answer_and_what_vouches_for_them(
    tmp_path: Path,
) -> None:
    found = files(pack(with_papers(talk(tmp_path, noticed()), "invoice 2042.pdf")).content)
    assert [*found][:1] == [INDEX] and [*found][-2:] == [MANIFEST, CHECKSUMS]
    assert found["invoices/2042/invoice-2042.pdf"] == b"%PDF of invoice 2042.pdf"
    letters = [name for name in found if name.startswith("letters/")]
    assert [PurePosixPath(name).name.partition("_")[2] for name in letters] == [
        "reminder.txt", "final_notice.txt",
    ]  # fmt: skip
    letter = found[letters[0]].decode()
    assert letter.endswith("\n\nHej! Vi saknar er betalning.\n") and "Approved-By: Åsa Lind\n" in letter
    assert found["answers/2026-11-25_pasted.txt"].decode().endswith("\n\nVi hör av oss.\n/Bo\n")


def test_the_checksums_are_those_of_the_files(tmp_path: Path) -> None:
    found = files(pack(with_papers(talk(tmp_path, noticed()), "a.pdf")).content)
    lines = (line.partition("  ") for line in found[CHECKSUMS].decode().splitlines())
    stated = {name: digest for digest, _, name in lines}
    assert stated == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items() if name != CHECKSUMS
    }
    listed = {each["name"]: each["sha256"] for each in json.loads(found[MANIFEST])["files"]}
    assert listed == {n: s for n, s in stated.items() if n not in (INDEX, MANIFEST)}


def test_the_index_reads_back_as_what_the_books_say(tmp_path: Path) -> None:
    said = text(pack(with_papers(talk(tmp_path, noticed()), "a.pdf")).content)
    for words in (
        "Inkassounderlag", "Åsas Bageri AB mot Bygg & Betong i Söder AB", "559912-3477", "18 400,00 SEK",
        "Dröjsmålsränta", "Inkassokrav, skickad till", "Godkänd av Åsa Lind", "Vi hör av oss.",
        "Gäldenärens postadress", "letters/2026-11-05_reminder.txt", "invoices/2042/a.pdf",
    ):  # fmt: skip
        assert words in said, said


def test_the_manifest_says_the_same_to_machines(tmp_path: Path) -> None:
    told = json.loads(files(pack(talk(tmp_path, noticed())).content)[MANIFEST])
    assert (told["format"], told["version"], told["day"]) == ("purr-evidence-pack", 1, "2026-11-25")
    (invoice,) = told["invoices"]
    assert invoice["principal"] == {"amount": "18400.00", "currency": "SEK"}
    assert [c["kind"] for c in invoice["charges"]] == ["interest", "compensation"]
    assert invoice["charges"][0]["computed"][0]["rate"] == "10.00"
    assert [x["kind"] for x in told["letters"]] == ["reminder", "final_notice"]
    assert all(len(x["fingerprint"]) == 64 and x["approved_by"] == "Åsa Lind" for x in told["letters"])
    assert {"what": "address", "customer": "Bygg & Betong i Söder AB"} in told["missing"]


def test_what_a_customer_is_called_or_writes_is_set_as_text_and_never_obeyed(tmp_path: Path) -> None:
    case = noticed()
    claim = replace(case.invoices[0], number=HOSTILE, description=HOSTILE)
    case = replace(case, customer=replace(case.customer, name=HOSTILE), invoices=(claim,))
    made = with_papers(talk(tmp_path, case), "../../x.pdf", HOSTILE)
    with made.books() as books:
        books.replies.save(replace(books.replies.get("r"), text=HOSTILE * 3))
    found = pack(made)
    said = text(found.content)
    assert '#read("/etc/passwd")' in said and "root:" not in said
    assert "/" not in found.name and found.name.endswith("_2026-11-25.zip")


NAMES = st.text(max_size=80) | st.sampled_from(
    [
        "..",
        "/etc/passwd",
        "CON",
        "nul.pdf",
        "a" * 300 + ".pdf",
        "C:\\x",
        ".ssh",
        "a\0b",
        "Æøå.PDF",
        "811228-9874",
    ]
)


@given(NAMES)
def test_a_file_name_is_a_name_on_every_system_and_nothing_else(name: str) -> None:
    made = safe(name, "file")
    assert (
        made
        and len(made) <= 61
        and made.isascii()
        and set(made) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_")
    )
    assert not made.startswith((".", "-")) and ".." not in made
    assert made.partition(".")[0].lower() not in {"con", "nul", "aux", "prn", "com1", "lpt1"}
    assert "8112289874" not in made.replace("-", "")


def test_names_that_become_alike_stay_apart(tmp_path: Path) -> None:
    found = files(
        pack(with_papers(talk(tmp_path, noticed()), "a b.pdf", "a-b.pdf", "A/b.PDF", "x", "y/x")).content
    )
    kept = [name for name in found if name.startswith("invoices/")]
    assert len({name.casefold() for name in kept}) == 5
    assert all(PurePosixPath(name).parts[:2] == ("invoices", "2042") for name in kept)


WORDS = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=8, max_size=12)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=9, max_size=9, unique_by=str.casefold))
def test_of_another_customer_not_a_field_is_in_it(tmp_path: Path, secrets: list[str]) -> None:
    name, mail, contact, number, what, letter, answer, dispute, ident = (f"qx{s}" for s in secrets)
    theirs = norrsken(TODAY)
    claim = replace(theirs.invoices[-1], id=ident, number=number, description=what, customer=CAFE_NORRSKEN.id)
    known = replace(
        CAFE_NORRSKEN,
        name=name,
        number="",
        contacts=(replace(CAFE_NORRSKEN.contacts[0], name=contact, email=f"{mail}@x.example", phone=""),),
    )
    sent = replace(noticed().letters[0], id=f"{ident}-l", customer=known.id, body=letter, subject=letter)
    sent = replace(sent, claims=(replace(sent.claims[0], invoice=ident),))
    folder = Path(mkdtemp(dir=tmp_path))
    made = talk(folder, noticed(), replace(theirs, customer=known, invoices=(claim,), letters=(sent,)))
    with made.books() as books:
        books.replies.add(Reply(id="their", customer=known.id, text=answer, at=noon(TODAY)))
        books.files.attach(ident, f"{dispute}.pdf", dispute.encode())
    ours = pack(made)
    inside = files(ours.content)
    said = "\n".join([text(ours.content), *inside]).encode() + b"\n".join(inside.values())
    for secret in (name, mail, contact, number, what, letter, answer, dispute, ident):
        assert secret.encode() not in said
    mine = pack(made, known.id)
    assert name in json.loads(files(mine.content)[MANIFEST])["debtor"]["name"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_is_in_a_language_of_the_country_whatever_the_owner_speaks(
    tmp_path: Path, language: str
) -> None:
    made = talk(tmp_path, noticed())
    with made.books() as books:
        books.save_business(replace(books.business, language=language))
    assert "Inkassounderlag" in text(pack(made).content)


def test_a_customer_who_owes_nothing_has_no_pack(tmp_path: Path) -> None:
    case = norrsken(TODAY)
    made = talk(tmp_path, replace(case, invoices=case.invoices[:1]))
    assert "inte skyldig dig något" in made.says("underlag Norrsken")


def test_three_hundred_letters_of_one_day_are_all_in_it(tmp_path: Path) -> None:
    case = noticed()
    many = tuple(replace(case.letters[0], id=f"l{n}") for n in range(300))
    found = files(pack(talk(tmp_path, replace(case, letters=many))).content)
    assert sum(name.startswith("letters/") for name in found) == 300
