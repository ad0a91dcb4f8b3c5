"""Intake: what files would change, what they contradict, and that the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.documents import Document, Party
from bot.intake import OLD, Entry, Intake, Tally, is_other_seller, plan
from bot.invoices import Invoice, outstanding
from bot.ledger import Ledger
from bot.money import Money
from bot.parties import Customer
from bot.payments import Payment
from tests.cast import ASAS_BAGERI, kr

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
NORRSKEN = Party(name="Café Norrsken", org_no="559912-3469", email="nils@norrsken.example", country="SE")
BILL = Document(kind="invoice", number="1", amount=kr("1000"), due=TODAY - 5 * DAY, buyer=NORRSKEN)
CREDIT = replace(BILL, kind="credit_note", number="9", amount=kr("300"), refers_to=("1",))
PAID = replace(BILL, amount=kr("0"), collectable="no", why_not="nothing_due")
names = count()


class Shelf:
    """The books as the tests keep them: what was taken in, and what is paid, counted from the payments."""

    def __init__(self, *customers: Customer) -> None:
        self.customers = {c.id: c for c in customers}
        self.invoices: dict[str, Invoice] = {}
        self.payments: dict[str, Payment] = {}

    def ledger(self) -> Ledger:
        known, paid = self.customers.values(), self.payments.values()
        return Ledger(ASAS_BAGERI, known, self.all(), lambda: f"id{next(names)}", paid)

    def all(self) -> list[Invoice]:
        return [replace(i, paid=self._paid(i)) for i in self.invoices.values()]

    def _paid(self, invoice: Invoice) -> Money:
        on_it = (p.amount.minor for p in self.payments.values() if p.invoice == invoice.id)
        return Money(sum(on_it), invoice.amount.currency)

    def take(self, *documents: Document, first: bool = False) -> Intake:
        found = plan(documents, self.ledger(), TODAY, first=first)
        self.customers |= {c.id: c for c in (*found.newcomers, *found.met)}
        self.invoices |= {e.invoice.id: e.invoice for e in found.of("new", "due_moved") if e.invoice}
        self.payments |= {e.payment.id: e.payment for e in found.entries if e.payment}
        return found

    def credit(self, amount: str, key: str = "") -> None:
        """Credit the first invoice by hand."""
        (invoice, *_) = self.invoices.values()
        self.payments["hand"] = Payment(
            id="hand",
            customer=invoice.customer,
            invoice=invoice.id,
            day=TODAY,
            amount=kr(amount),
            kind="credit_note",
            key=key,
        )

    def left(self) -> list[Money]:
        return [outstanding(i) for i in self.all()]


def whats(found: Intake) -> list[str]:
    return [e.what for e in found.entries]


def test_a_new_invoice_brings_its_customer_along() -> None:
    found = Shelf().take(BILL)
    (newcomer,) = found.newcomers
    assert (whats(found), found.changes) == (["new"], True)
    assert (newcomer.name, newcomer.number, newcomer.to, newcomer.language) == (
        "Café Norrsken", "559912-3469", "nils@norrsken.example", "sv",
    )  # fmt: skip


@pytest.mark.parametrize("bills", [(BILL,), (BILL, BILL), (BILL, CREDIT), (BILL, replace(BILL, number="2"))])
def test_the_same_file_twice_changes_nothing(bills: Sequence[Document]) -> None:
    shelf = Shelf()
    shelf.take(*bills)
    before = shelf.left()
    again = shelf.take(*bills)
    assert not again.changes and not again.newcomers and not again.met
    assert shelf.left() == before


parties = st.builds(
    Party,
    name=st.sampled_from(["Café Norrsken", "café  norrsken", "Lilla Blomman", "Bo"]),
    org_no=st.sampled_from(["", "559912-3469", "5599123477", "1001", "1002"]),
    email=st.sampled_from(["", "faktura@byra.example", "Nils@norrsken.example"]),
    country=st.sampled_from(["", "SE", "Denmark"]),
)
documents = st.builds(
    Document,
    kind=st.sampled_from(["invoice", "invoice", "credit_note"]),
    number=st.sampled_from(["1", "2", "3"]),
    amount=st.integers(0, 5).map(lambda n: Money(n * 100, "SEK")) | st.none(),
    due=st.none() | st.dates(TODAY - 90 * DAY, TODAY),
    buyer=parties,
    refers_to=st.sampled_from([(), ("1",), ("2",)]),
    collectable=st.sampled_from(["yes", "yes", "ask", "no"]),
    why_not=st.sampled_from(["", "nothing_due"]),
)


@given(st.lists(documents, max_size=5, unique_by=lambda d: (d.kind, d.number)), st.booleans())
def test_whatever_a_file_says_saying_it_again_changes_nothing(found: list[Document], first: bool) -> None:
    shelf = Shelf()
    assume(not shelf.take(*found, first=first).problems)
    before = shelf.left()
    assert not shelf.take(*found).changes
    assert shelf.left() == before


@given(st.lists(documents, max_size=6))
def test_every_document_is_accounted_for(found: list[Document]) -> None:
    taken = Shelf().take(*found)
    told = {id(e.document) for e in taken.entries}
    assert len(told) + len(taken.problems) == len({id(d) for d in found})


def test_less_left_than_before_is_money_that_came() -> None:
    shelf = Shelf()
    shelf.take(BILL)
    found = shelf.take(replace(BILL, amount=kr("400")))
    assert whats(found) == ["part_paid"] and shelf.left() == [kr("400")]


def test_an_invoice_the_books_now_call_paid_is_not_chased_again() -> None:
    shelf = Shelf()
    shelf.take(BILL)
    assert whats(shelf.take(PAID)) == ["part_paid"] and shelf.left() == [kr("0")]
    assert whats(shelf.take(PAID)) == ["same"]


def test_an_unknown_invoice_that_is_paid_is_left_out() -> None:
    (entry,) = Shelf().take(PAID).entries
    assert (entry.what, entry.why) == ("not_chased", "nothing_due")


def test_more_left_than_we_know_changes_nothing() -> None:
    shelf = Shelf()
    shelf.take(BILL)
    shelf.take(replace(BILL, amount=kr("400")))
    assert not shelf.take(BILL).changes and shelf.left() == [kr("400")]


def test_a_due_date_that_moved_is_taken_over_with_the_money_that_came() -> None:
    shelf = Shelf()
    shelf.take(BILL)
    moved = replace(BILL, amount=kr("400"), due=TODAY)
    assert whats(shelf.take(moved)) == ["part_paid", "due_moved"]
    assert [i.due for i in shelf.all()] == [TODAY] and not shelf.take(moved).changes


def test_a_credit_note_nets_the_invoice_it_names_wherever_it_stands_in_the_file() -> None:
    shelf = Shelf()
    found = shelf.take(CREDIT, BILL)
    assert whats(found) == ["new", "credit"] and shelf.left() == [kr("700")]


def test_a_credit_note_written_with_a_minus_is_the_same_credit() -> None:
    shelf = Shelf()
    shelf.take(BILL, replace(CREDIT, amount=kr("-300")))
    assert shelf.left() == [kr("700")]


def test_a_credit_note_for_an_unknown_invoice_is_the_customer_s_credit() -> None:
    (entry,) = Shelf().take(CREDIT).entries
    assert entry.payment and (entry.payment.invoice, entry.payment.amount) == ("", kr("300"))
    assert entry.payment.kind == "credit_note"


def test_a_credit_in_another_currency_is_not_set_off() -> None:
    shelf = Shelf()
    found = shelf.take(BILL, replace(CREDIT, amount=Money.of("300", "EUR")))
    assert shelf.left() == [kr("1000")] and found.of("credit")[0].invoice is None


def parked(days_late: int, *, first: bool, **change: Any) -> bool:
    bill = replace(BILL, due=TODAY - days_late * DAY, **change)
    return bool(Shelf().take(bill, first=first).parked)


def test_on_the_first_day_all_that_is_late_rests_until_the_owner_has_been_asked() -> None:
    assert parked(1, first=True) and not parked(0, first=True)


def test_later_only_what_is_old_at_first_sight_rests() -> None:
    assert parked(OLD + 1, first=False) and not parked(OLD, first=False)


def test_what_the_reader_is_unsure_of_rests() -> None:
    assert parked(0, first=False, collectable="ask")


def test_four_hundred_old_invoices_are_parked_every_one() -> None:
    old = [replace(BILL, number=f"{n}", due=TODAY - n * DAY) for n in range(1, 401)]
    assert len(Shelf().take(*old, first=True).parked) == 400


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"buyer": replace(NORRSKEN, org_no="SE 559912 3451")}, "bill_to_you"),
        ({"amount": None}, "no_amount"),
        ({"collectable": "no", "why_not": "card_or_debit"}, "card_or_debit"),
        ({"collectable": "no", "kind": "reminder"}, "reminder"),
        ({"kind": "credit_note", "amount": None}, "no_amount"),
    ],
)
def test_what_is_not_ours_to_ask_for_is_left_out_and_says_why(change: dict[str, Any], why: str) -> None:
    found = Shelf().take(replace(BILL, **change))
    assert [(e.what, e.why) for e in found.entries] == [("not_chased", why)]
    assert not found.changes and not found.newcomers


def test_two_customers_may_use_the_same_invoice_number() -> None:
    found = Shelf().take(BILL, replace(BILL, buyer=Party(name="Lilla Blomman")))
    assert whats(found) == ["new", "new"]


@pytest.mark.parametrize(
    ("seller", "other"),
    [
        (Party(name="Asas Bageri", org_no="SE559912345101"), False),
        (Party(name="Åsas Bageri AB", org_no="559912-3469"), True),
        (Party(name="åsas konditori"), False),
        (Party(name="Lilla Blomman"), True),
        (Party(), False),
    ],
)
def test_somebody_else_s_invoice_is_told_by_number_else_by_name(seller: Party, other: bool) -> None:
    assert is_other_seller(replace(BILL, seller=seller), ASAS_BAGERI) == other


def test_a_credit_given_by_hand_is_the_credit_note_that_comes_later() -> None:
    shelf = Shelf()
    shelf.take(BILL)
    shelf.credit("300")
    found = shelf.take(CREDIT)
    assert whats(found) == ["same"] and found.changes and shelf.left() == [kr("700")]
    assert not shelf.take(CREDIT).changes and shelf.left() == [kr("700")]


def test_a_second_credit_note_of_the_same_amount_counts_for_itself() -> None:
    shelf = Shelf()
    shelf.take(BILL)
    shelf.credit("300")
    shelf.take(CREDIT)
    assert whats(shelf.take(replace(CREDIT, number="10"))) == ["credit"]
    assert shelf.left() == [kr("400")]


@pytest.mark.parametrize("together", [True, False])
def test_less_left_because_of_a_credit_note_is_not_counted_again_with_the_note(together: bool) -> None:
    shelf = Shelf()
    shelf.take(BILL)
    less = replace(BILL, amount=kr("700"))
    for files in ([less, CREDIT],) if together else ([less], [CREDIT]):
        shelf.take(*files)
    assert shelf.left() == [kr("700")]
    assert [p.kind for p in shelf.payments.values()] == ["credit_note"]
    assert not shelf.take(less, CREDIT).changes


def test_a_credit_note_that_names_no_invoice_is_the_one_given_by_hand() -> None:
    shelf = Shelf()
    shelf.take(BILL)
    shelf.credit("300")
    assert whats(shelf.take(replace(CREDIT, refers_to=()))) == ["same"]


@pytest.mark.parametrize("amount", ["299", "301"])
def test_a_credit_note_of_another_amount_is_not_the_one_given_by_hand(amount: str) -> None:
    shelf = Shelf()
    shelf.take(BILL)
    shelf.credit("300")
    assert whats(shelf.take(replace(CREDIT, amount=kr(amount)))) == ["credit"]


@pytest.mark.parametrize("other", [kr("400"), Money.of("1000", "EUR"), kr("0")])
def test_two_amounts_for_one_invoice_in_one_go_are_asked_about_and_neither_is_used(other: Money) -> None:
    one = replace(BILL, line=2, source="a.csv")
    two = replace(BILL if other else PAID, amount=other, source="b.xml")
    found = Shelf().take(one, two)
    assert found.entries == () and not found.newcomers
    assert [(p.code, p.line, p.source, p.facts) for p in found.problems] == [
        ("repeated_number", 2, "a.csv", {"number": "1"}),
        ("repeated_number", None, "b.xml", {"number": "1"}),
    ]


def test_one_invoice_in_two_files_counts_once() -> None:
    found = Shelf().take(replace(BILL, source="a.csv"), replace(BILL, line=7, source="b.csv"))
    assert whats(found) == ["new", "same"] and not found.problems


def test_a_number_is_the_same_however_it_is_cased() -> None:
    shelf = Shelf()
    shelf.take(replace(BILL, number="INV-7"))
    assert whats(shelf.take(replace(BILL, number=" inv-7"))) == ["same"]


def test_a_customer_of_one_name_at_another_address_is_asked_about_by_the_line() -> None:
    shelf = Shelf()
    shelf.take(replace(BILL, buyer=Party(name="Bo Ek", email="bo@ek.example")))
    other = Party(name="Bo Ek", email="bo@other.example")
    found = shelf.take(replace(BILL, number="2", buyer=other, line=3))
    assert found.entries == () and [(p.code, p.line, p.facts) for p in found.problems] == [
        ("customer_ambiguous", 3, {"customer": "Bo Ek", "email": "bo@ek.example"})
    ]


def test_two_of_one_name_at_different_addresses_in_one_file_never_share_a_customer() -> None:
    one, other = (Party(name="Bo Ek", email=f"bo@{n}.example") for n in "ab")
    found = Shelf().take(replace(BILL, buyer=one), replace(BILL, number="2", buyer=other))
    assert [e.document.buyer for e in found.entries] == [one] and len(found.problems) == 1


def test_an_invoice_known_already_tells_whose_it_is_though_the_address_has_changed() -> None:
    shelf = Shelf()
    shelf.take(BILL)
    moved = Party(name="Café Norrsken", email="ny@norrsken.example")
    assert whats(shelf.take(replace(BILL, amount=kr("400"), buyer=moved))) == ["part_paid"]
    credit = replace(CREDIT, buyer=moved)
    assert shelf.take(credit).of("credit")[0].invoice


def erased(*documents: Document) -> Shelf:
    """Books that took something in, and let go of all customers after that."""
    shelf = Shelf()
    shelf.take(*documents)
    shelf.customers = {
        c.id: Customer(id=c.id, name=f"Erased {c.id}", country="SE", erased=TODAY)
        for c in shelf.customers.values()
    }
    return shelf


@pytest.mark.parametrize("bills", [(BILL,), (replace(BILL, amount=kr("400")),), (BILL, CREDIT)])
def test_an_older_list_brings_back_nobody_who_was_erased(bills: Sequence[Document]) -> None:
    found = erased(BILL, CREDIT).take(*bills)
    assert (set(whats(found)), found.newcomers, found.changes) == ({"same"}, (), False)


@pytest.mark.parametrize(
    "change", [{"number": "2"}, {"due": TODAY}, {"amount": kr("1001")}, {"amount": Money.of("10", "EUR")}]
)
def test_another_invoice_to_who_was_erased_is_one_to_somebody_new(change: dict[str, Any]) -> None:
    found = erased(BILL).take(replace(BILL, **change))
    assert (whats(found), [c.name for c in found.newcomers]) == (["new"], [NORRSKEN.name])


def test_those_are_touched_who_owe_something_else_than_before() -> None:
    shelf = Shelf()
    shelf.take(BILL, replace(BILL, number="2"))
    assert shelf.take(BILL, replace(BILL, number="3")).touched == ()
    for changed in (replace(BILL, due=TODAY), replace(BILL, due=TODAY, amount=kr("900")), CREDIT):
        assert shelf.take(changed).touched == tuple(shelf.customers)


def test_an_intake_sorts_its_entries() -> None:
    entries = (Entry("new", BILL), Entry("same", BILL))
    assert Intake(entries).of("same") == entries[1:] and Intake(entries[1:]).changes is False


def test_a_tally_sums_up_one_intake_after_another() -> None:
    shelf = Shelf()
    tally = (
        Tally().add(shelf.take(BILL)).add(shelf.take(BILL)).add(shelf.take(replace(BILL, amount=kr("400"))))
    )
    assert (tally.new, tally.same, tally.paid, tally.customers) == (1, 1, 1, 1)
    assert tally.total == (kr("1000"),) and tally.changed
    assert not Tally().add(shelf.take(replace(BILL, amount=kr("400")))).changed
