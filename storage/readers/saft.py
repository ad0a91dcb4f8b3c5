"""SAF-T Financial (Norway): a customer's open invoices, where the postings tell them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bot.documents import Document, Party, Problem, Reading
from bot.money import Money
from storage.readers._dates import read_date
from storage.readers._open_items import Account, Posting
from storage.readers._parties import registered
from storage.readers._source import Source, Unreadable
from storage.readers._totals import money_of
from storage.readers._xml import Element, children, line_of, looks_like_xml, parse, plain, text, texts

FORMAT = "saf-t"
NAMESPACE = re.compile(rb"urn:StandardAuditFile-Taxation-Financial")
LINES = ("GeneralLedgerEntries", "Journal", "Transaction")
HOME = "NOK"


def recognise(head: bytes) -> float:
    """Sure when the namespace is named at the top."""
    return 0.9 if looks_like_xml(head) and NAMESPACE.search(plain(head)) else 0


def read(source: Source) -> Reading:
    """The open invoices of every customer whose postings explain the balance; a problem for every other."""
    root = parse(source.content)
    accounts, problems = _accounts(root)
    broken = _post(root, accounts)
    if not any(account.postings for account in accounts.values()):
        raise Unreadable("balances_only", format=FORMAT, name="SAF-T")
    seller = _party(next(iter(children(root, "Header", "Company")), None))
    documents: list[Document] = []
    for key, account in accounts.items():
        if key in broken:
            problems.append(broken[key])
        elif account.explained():
            documents += account.documents(seller)
        else:
            problems.append(_unexplained(account))
    return Reading(tuple(documents), problems=tuple(problems), format=FORMAT)


def _unexplained(account: Account) -> Problem:
    balance = f"{account.balance} {account.currency}" if account.balance is not None else ""
    return Problem("items_unknown", facts={"customer": account.buyer.name, "balance": balance})


def _accounts(root: Element) -> tuple[dict[str, Account], list[Problem]]:
    """Every customer's account with the balance at the end, by the customer's number."""
    currency = text(root, "Header", "DefaultCurrencyCode") or HOME
    accounts: dict[str, Account] = {}
    problems: list[Problem] = []
    for customer in children(root, "MasterFiles", "Customers", "Customer"):
        try:
            balance = _balance(customer, currency)
        except Unreadable as reason:
            problems.append(reason.problem)
            continue
        accounts[text(customer, "CustomerID")] = Account(_party(customer), currency, balance)
    return accounts, problems


def _balance(customer: Element, currency: str) -> Decimal | None:
    """The closing balance, wherever the version of the format writes it; none where it is not written."""
    homes = [customer, *children(customer, "BalanceAccount")]
    signed = (("ClosingDebitBalance", 1), ("ClosingCreditBalance", -1))
    found = [
        money_of(each, currency, FORMAT).decimal * sign
        for home in homes
        for name, sign in signed
        for each in children(home, name)
    ]
    return sum(found, Decimal()) if found else None


def _post(root: Element, accounts: dict[str, Account]) -> dict[str, Problem]:
    """Lays every customer's lines on their account; what is wrong with a line spoils the whole account.

    Some programs name the customer on the other side of a posting too: only their own account counts.
    """
    broken: dict[str, Problem] = {}
    ledgers = _ledgers(root)
    for transaction in children(root, *LINES):
        for line in children(transaction, "Line"):
            key = text(line, "CustomerID")
            if key not in accounts or (ledgers[key] and text(line, "AccountID") not in ledgers[key]):
                continue
            try:
                accounts[key].postings.append(_posting(line, transaction, accounts[key]))
            except Unreadable as reason:
                broken[key] = reason.problem
    return broken


def _ledgers(root: Element) -> dict[str, set[str]]:
    """The account numbers that each customer's balance stands on."""
    customers = children(root, "MasterFiles", "Customers", "Customer")
    paths = (("AccountID",), ("BalanceAccount", "AccountID"))
    return {text(c, "CustomerID"): {i for path in paths for i in texts(c, *path)} for c in customers}


def _posting(line: Element, transaction: Element, account: Account) -> Posting:
    day = _day(line, "ValueDate") or _day(transaction, "TransactionDate")
    amount = _side(line, "DebitAmount", account) - _side(line, "CreditAmount", account)
    paid = text(line, "CrossReference") if amount < 0 else ""
    return Posting(
        number=paid or text(line, "ReferenceNumber"),
        amount=amount,
        day=day,
        due=_day(line, "DueDate"),
        reference=text(line, "CID"),
        description=" ".join(text(line, "Description").split()),
        line=line_of(line),
    )


def _side(line: Element, name: str, account: Account) -> Decimal:
    """One side of a line; `Unreadable` where it is in another currency than the account."""
    side = next(iter(children(line, name)), None)
    amounts = children(side, "Amount")
    currency = text(side, "CurrencyCode") or account.currency
    if currency != account.currency:
        found = f"{account.currency}, {currency}"
        raise Unreadable("currency_conflict", line_of(line), found=found)
    return money_of(amounts[0], account.currency, FORMAT).decimal if amounts else Money(0, currency).decimal


def _day(element: Element, name: str) -> date | None:
    written = text(element, name)
    try:
        return read_date(written) if written else None
    except ValueError as error:
        raise Unreadable("bad_date", line_of(element), value=written[:40]) from error


def _party(element: Element | None) -> Party:
    contact = next(iter(children(element, "Contact")), None)
    person = next(iter(children(contact, "ContactPerson")), None)
    number = registered([text(element, "RegistrationNumber")])
    name = f"{text(person, 'FirstName')} {text(person, 'LastName')}".strip()
    return Party(
        name=text(element, "Name"),
        org_no=number,
        email=text(contact, "Email"),
        contact=name,
        phone=text(contact, "MobilePhone") or text(contact, "Telephone"),
        country=text(element, "Address", "Country").upper(),
        kind="business" if number else "unknown",
    )
