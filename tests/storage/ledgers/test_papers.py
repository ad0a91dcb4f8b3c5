"""The PDF of an open invoice: told where it is, fetched when wanted, and a token sent to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.ledgers import Connection, LedgerError
from storage.ledgers import fetch_papers, ledgers, papers
from storage.ledgers._client import Client, Site
from tests.storage.ledgers import (
    test_billy,
    test_dinero,
    test_economic,
    test_fiken,
    test_fortnox,
    test_stripe,
    test_tripletex,
)
from tests.storage.ledgers.accounts import (
    ACCOUNTS,
    billy,
    dinero,
    economic,
    fiken,
    fortnox,
    stripe,
    tripletex,
)
from tests.storage.ledgers.conftest import TODAY, pulled
from tests.storage.ledgers.office import Office, Said

PDF = b"%PDF-1.7 the invoice"


def _with_a_paper(office: Office, system: str) -> tuple[str, str]:
    """An account with one open invoice whose PDF is there: the number, and the path of the PDF."""
    link = f"{office.base}/files/invoice.pdf"
    match system:
        case "billy":
            billy(office, [test_billy.invoice(1, downloadUrl=link)], [test_billy.NORDLYS])
            return "1", "/files/invoice.pdf"
        case "dinero":
            dinero(office, [test_dinero.invoice(1)], [test_dinero.MOGENS])
            return "2001", "/v1/42/invoices/g-1"
        case "economic":
            economic(office, [test_economic.invoice(1)])
            return "1", "/invoices/booked/1/pdf"
        case "fiken":
            fiken(office, [test_fiken.invoice(1, invoicePdf={"downloadUrl": link, "type": "invoice"})])
            return "1", "/files/invoice.pdf"
        case "fortnox":
            fortnox(office, [test_fortnox.invoice(1)])
            return "1", "/invoices/1/preview"
        case "stripe":
            stripe(office, [test_stripe.invoice(1, invoice_pdf=link)])
            return "7FE1103-0001", "/files/invoice.pdf"
        case _:
            tripletex(office, [test_tripletex.invoice(1)])
            return "1", "/invoice/1001/pdf"


def fetched(office: Office, system: str, wanted: dict[str, str]) -> dict[str, bytes]:
    connection = Connection(system=system, secrets=ACCOUNTS[system].secrets)
    return dict(papers(connection, wanted, TODAY, base=office.base, sleep=office.slept.append))


@pytest.mark.parametrize("system", sorted(ledgers()))
def test_the_paper_of_an_open_invoice_is_where_the_system_says(system: str, office: Office) -> None:
    number, path = _with_a_paper(office, system)
    found = dict(pulled(office, system, ACCOUNTS[system].secrets).papers)
    office.pages[path] = lambda params: Said(PDF)
    assert fetched(office, system, found) == {number: PDF}
    assert office.asked[-1].method == "GET"
    assert "octet-stream" in office.asked[-1].headers["Accept"]


@pytest.mark.parametrize("system", sorted(ledgers()))
def test_a_paper_that_is_not_there_is_left_out(system: str, office: Office) -> None:
    _number, path = _with_a_paper(office, system)
    found = dict(pulled(office, system, ACCOUNTS[system].secrets).papers)
    office.pages[path] = lambda params: Said({"message": "no"}, 404)
    assert fetched(office, system, found) == {}


def test_an_invoice_that_is_paid_has_no_paper_to_be_fetched(office: Office) -> None:
    paid = {"settled": True, "outstandingBalance": 0}
    link = f"{office.base}/files/1.pdf"
    fiken(office, [test_fiken.invoice(1, sale=paid, invoicePdf={"downloadUrl": link})])
    assert pulled(office, "fiken", ACCOUNTS["fiken"].secrets, "2888001").papers == {}


def client(office: Office, papers: str = "") -> Client:
    reader = Client(Site(f"{office.base}/api", papers=papers), office.slept.append)
    reader.sign(Authorization="Bearer tok-secret")
    return reader


@pytest.mark.parametrize(
    "said",
    [
        lambda: Said(b"<html>Log in</html>"),
        lambda: Said(PDF, 403),
        lambda: Said(PDF, 302, {"Location": "http://127.0.0.1:9/x"}),
        lambda: Said(b"%PDF-" + b"x" * 2000),
    ],
    ids=["no PDF", "not allowed", "elsewhere", "too large"],
)
def test_what_is_no_paper_is_none(
    said: Callable[[], Said], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.ledgers._client.PAPER", 1000)
    office.pages["/api/x"] = lambda params: said()
    with client(office) as reader:
        assert reader.paper("/x") is None


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x", "https://api.example.attacker/x", "x", "", "//x"]
)
def test_nothing_is_fetched_from_anywhere_else(address: str, office: Office) -> None:
    with client(office) as reader:
        assert reader.paper(address) is None
    assert [each.path for each in office.asked if not each.path.startswith("/api")] == []


def test_where_papers_are_open_to_all_no_token_is_sent(office: Office) -> None:
    office.pages["/open/x"] = office.pages["/api/x"] = lambda params: Said(PDF)
    with client(office, papers=f"{office.base}/open") as reader:
        assert reader.paper(f"{office.base}/open/x?s=ap") == PDF
        assert reader.paper("/x") == PDF
    assert ["Authorization" in each.headers for each in office.asked] == [False, True]
    assert office.asked[0].params == {"s": "ap"}


def test_a_system_that_is_down_gives_no_paper_and_is_no_trouble(office: Office) -> None:
    office.moods.extend([Said({}, 500)] * 9)
    with client(office) as reader, pytest.raises(LedgerError):
        reader.paper("/x")
    nobody = Connection(system="fiken")
    assert fetch_papers(nobody, {"1": "/x"}, date(2026, 11, 26)) == {}
