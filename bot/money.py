"""Money: whole minor units in one currency, counted and never measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

EXPONENTS = {"ISK": 0, "JPY": 0, "KRW": 0, "HUF": 2}
"""Digits after the decimal point where they are not two (ISO 4217)."""


def exponent(currency: str) -> int:
    """How many digits the minor unit of a currency takes."""
    return EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (øre, öre, cent) of one currency (ISO 4217)."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | str | int, currency: str) -> Money:
        """Money from a decimal amount; `ValueError` when it has more digits than the currency."""
        scaled = Decimal(amount).scaleb(exponent(currency))
        minor = int(scaled)
        if minor != scaled:
            raise ValueError(f"{amount} {currency} has too many decimals")
        return cls(minor, currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    @property
    def is_whole(self) -> bool:
        """Whether nothing stands after the decimal point."""
        return bool(self.minor % 10 ** exponent(self.currency) == 0)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, share: Decimal) -> Money:
        """A share of it, rounded half up to the minor unit."""
        return Money(int((self.minor * share).quantize(Decimal(1), ROUND_HALF_UP)), self.currency)

    def split(self, parts: int) -> tuple[Money, ...]:
        """Even parts that add up to the whole; the first carry the remainder."""
        each, left = divmod(self.minor, parts)
        return tuple(Money(each + (i < left), self.currency) for i in range(parts))

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} does not mix with {other.currency}")
        return other


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One total per currency, in the order the currencies first appear."""
    sums: dict[str, Money] = {}
    for amount in amounts:
        before = sums.get(amount.currency)
        sums[amount.currency] = before + amount if before else amount
    return tuple(sums.values())
