from __future__ import annotations

from bot.ledgers import TROUBLES, Connection, LedgerError


def test_what_lets_one_in_is_not_shown_where_a_connection_is_printed() -> None:
    assert "hemlig" not in repr(Connection(system="fiken", secrets={"token": "hemlig"}))


def test_trouble_is_told_by_its_key() -> None:
    error = LedgerError("refused", permanent=True)
    assert (str(error), error.permanent) == ("refused", True)
    assert list(TROUBLES) == sorted(TROUBLES)
