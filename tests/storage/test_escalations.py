from __future__ import annotations

from dataclasses import replace

from bot.escalations import Escalation
from bot.letters import Claim
from storage.books import Books
from storage.escalations import Pack
from tests.cast import ASA, BYGG_OCH_BETONG, bygg, kr, move_in
from tests.storage.conftest import TODAY

HANDED = Escalation(
    id="first",
    customer=BYGG_OCH_BETONG.id,
    kind="hand_over",
    day=TODAY,
    by=ASA,
    claims=(Claim("bygg-2042", kr("18400.00")),),
    to="Nordisk Inkasso",
)


def test_what_was_handed_over_is_kept_until_it_comes_back(books: Books) -> None:
    move_in(books, bygg(TODAY))
    books.escalations.add(HANDED)
    assert books.escalations.of(BYGG_OCH_BETONG.id) == (HANDED,)
    books.escalations.save(back := replace(HANDED, ended=TODAY))
    assert books.escalations.get("first") == back


def test_the_very_same_pack_is_kept_once(books: Books) -> None:
    move_in(books, bygg(TODAY))
    pack = Pack("abc", BYGG_OCH_BETONG.id, "bygg.zip", TODAY, b"PK")
    books.packs.keep(pack)
    books.packs.keep(pack)
    assert books.packs.of(BYGG_OCH_BETONG.id) == (pack,)


def test_what_is_still_elsewhere_is_known_as_it_changes(books: Books) -> None:
    move_in(books, bygg(TODAY))
    assert (books.escalations.customers(), books.escalations.out(BYGG_OCH_BETONG.id)) == (frozenset(), ())
    books.escalations.add(HANDED)
    assert books.escalations.customers() == {BYGG_OCH_BETONG.id}
    assert (books.escalations.out(BYGG_OCH_BETONG.id), books.escalations.out("other")) == ((HANDED,), ())
    books.escalations.save(replace(HANDED, ended=TODAY))
    assert books.escalations.customers() == frozenset()
