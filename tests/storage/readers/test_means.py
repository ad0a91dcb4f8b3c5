"""Ways to pay: reference, account and due date of one and the same."""

from __future__ import annotations

from storage.readers._means import Means, best, means_of
from storage.readers._xml import parse

TRANSFER, BARE = Means("30", "100107", "NO93", ""), Means("58", "", "DE79", "")
CARD = Means("48", "1", "2", "")


def test_a_transfer_comes_before_a_card_and_a_reference_before_none() -> None:
    assert best([CARD, BARE, TRANSFER]) is TRANSFER
    assert best([CARD, BARE]) is BARE
    assert best([CARD]) is CARD


def test_of_equals_the_first_is_taken() -> None:
    assert best([TRANSFER, Means("30", "100107", "SE12", "")]) is TRANSFER


def test_no_means_is_a_transfer_to_nowhere() -> None:
    assert best([]) == Means("", "", "", "")


def test_a_danish_bank_account_is_whole_only_with_its_branch() -> None:
    account = "<ID>1234567890</ID><FinancialInstitutionBranch><ID>1234</ID></FinancialInstitutionBranch>"
    channel = "<PaymentChannelCode>DK:BANK</PaymentChannelCode>"
    whole = (
        f"<PaymentMeansCode>42</PaymentMeansCode>{{}}<PayeeFinancialAccount>{account}</PayeeFinancialAccount>"
    )
    root = parse(
        "<i>{}</i>".format(
            "".join(f"<PaymentMeans>{whole.format(c)}</PaymentMeans>" for c in (channel, ""))
        ).encode()
    )
    assert [means.account for means in means_of(root)] == ["12341234567890", "1234567890"]


def test_an_account_is_written_without_blanks() -> None:
    account = "<PayeeFinancialAccount><ID>NL57 RABO 01</ID></PayeeFinancialAccount>"
    root = parse(f"<i><PaymentMeans>{account}</PaymentMeans></i>".encode())
    assert [means.account for means in means_of(root)] == ["NL57RABO01"]
