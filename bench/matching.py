"""Money laid on what is owed: how the time grows with how much there is of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench.books import NOW, late
from bot.banking import place
from bot.matching import Incoming, Owed

Work = Callable[[], int]


def matched(_folder: Path, size: int) -> Work:
    """So many payments on so many invoices: most by their reference, others by number, name or sum alone."""
    pairs = [late(number) for number in range(size)]
    customers = [replace(customer, name=f"Café Nr{n} Söder") for n, (customer, _) in enumerate(pairs)]
    bills = [replace(invoice, reference=f"{n}007") for n, (_, invoice) in enumerate(pairs)]
    money = [
        Incoming(
            id=f"m{n}",
            day=NOW.date(),
            amount=bill.amount,
            mark=f"m{n}",
            references=(bill.reference,) if n % 10 < 6 else (),
            text=f"Faktura {bill.number}" if n % 10 in (6, 7) else "",
            payer=f"Nr{n} Söder" if n % 10 < 9 else "",
        )
        for n, bill in enumerate(bills)
    ]

    def work() -> int:
        owed = Owed("SE", bills, customers)
        return len([place(each, owed) for each in money])

    return work
