"""Members: who is here, what they may do, and the codes that let them in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat import Action, Card, Request, Role
from bot.members import Member, bare_code
from bot.parties import LANGUAGES
from bot.platforms import Door, Person
from handlers import router
from handlers.desk import digest_of
from tests.handlers.talk import Talk

DOORS = (
    Door("telegram", "Telegram", "https://t.me/purr?start={code}"),
    Door("slack", "Slack", "/purr link {code}"),
)


@pytest.fixture
def team(talk: Talk) -> Talk:
    """A business with an owner, and Kim who helps and talks on Slack."""
    with talk.books() as books:
        books.members.owner()
        books.members.add(Member(id="kim", name="Kim Holm", role="helper", added=talk.house.clock().date()))
        books.members.link("kim", Person("slack", "U7", "T1", "kim"))
    return talk


def asked(talk: Talk, action: Action, who: str = "Åsa Lind", by: Role = "owner", **values: str) -> Card:
    """The card for an action where both platforms run."""
    request = Request(talk.house.business.id, who=who, action=action, role=by, values=values)
    with talk.desk() as desk:
        return router.answer(request, replace(desk, doors=DOORS))


def names(talk: Talk) -> list[str]:
    with talk.books() as books:
        return [f"{m.name} {m.role}" for m in books.members.all() if m.left is None]


def test_the_list_says_who_is_here_as_what_and_where_they_talk(team: Talk) -> None:
    card = asked(team, Action("member.list"))
    assert [(i.title, i.text) for i in card.items] == [
        ("Åsa Lind", "owner · no chat yet"),
        ("Kim Holm", "helper · Slack"),
    ]
    assert [b.label for b in card.buttons] == ["Invite someone", "Connect my chat"]


def test_who_is_no_owner_sees_the_list_with_nothing_to_change(team: Talk) -> None:
    card = asked(team, Action("member.list"), "Kim Holm", "helper")
    assert [i.button for i in card.items] == [None, None]
    assert [b.label for b in card.buttons] == ["Connect my chat"]


def test_the_owner_is_here_from_the_first_look_and_by_their_name_of_today(talk: Talk) -> None:
    assert "So far I listen to you alone." in talk.says("people")
    with talk.books() as books:
        books.save_business(replace(books.business, owner="Åsa Berg"))
    talk.says("people")
    assert names(talk) == ["Åsa Berg owner"]


def test_an_invitation_is_a_code_for_each_platform_and_only_its_digest_is_kept(talk: Talk) -> None:
    card = asked(talk, Action("member.add"), member="Per Ek", role="helper")
    code, telegram, slack = card.facts
    bare = bare_code(code.value)
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code.copy)
    assert (telegram.label, telegram.copy) == ("Telegram", f"https://t.me/purr?start={bare}")
    assert (slack.label, slack.copy) == ("Slack", f"/purr link {bare}")
    assert card.whisper and not card.buttons
    with talk.house.app.database.directory(talk.house.clock()) as directory:
        business, member = directory.redeem(digest_of(bare.encode())) or ("", "")
    with talk.books() as books:
        assert (business, books.members.get(member).name) == (talk.house.business.id, "Per Ek")
    assert bare not in str(talk.kept())


def test_a_code_is_good_for_an_hour(talk: Talk) -> None:
    code = bare_code(asked(talk, Action("member.connect")).facts[0].value)
    with talk.house.app.database.directory(talk.house.clock() + timedelta(minutes=61)) as directory:
        assert directory.redeem(digest_of(code.encode())) is None


def test_a_name_that_somebody_has_is_asked_for_again_in_place(team: Talk) -> None:
    card = asked(team, Action("member.add"), member=" kim  holm ", role="owner")
    assert card.form and card.in_place
    assert card.form.fields[0].error == "Somebody here has that name already. Add a surname."
    assert card.form.fields[1].value == "owner"
    assert names(team) == ["Åsa Lind owner", "Kim Holm helper"]


def test_a_name_may_be_said_with_the_invitation(talk: Talk) -> None:
    card = asked(talk, Action("member.invite", value="Per Ek"))
    assert card.form and [f.value for f in card.form.fields] == ["Per Ek", "helper"]
    assert card.form.fields[1].options[0] == ("helper", "Prepare: an owner approves")


def test_without_a_platform_nobody_is_given_a_code(talk: Talk) -> None:
    assert "Neither Slack nor Telegram is set up here yet." in talk.says("connect")
    assert "Neither Slack nor Telegram is set up here yet." in talk.says("invite Per")


def test_whoever_asks_to_connect_gets_a_code_for_themselves(team: Talk) -> None:
    code = bare_code(asked(team, Action("member.connect"), "Kim Holm", "helper").facts[0].value)
    with team.house.app.database.directory(team.house.clock()) as directory:
        assert directory.redeem(digest_of(code.encode())) == (team.house.business.id, "kim")


def test_a_helper_who_goes_by_an_owners_name_gets_no_owners_code(team: Talk) -> None:
    with pytest.raises(Exception, match="not_found"):
        asked(team, Action("member.connect"), "Åsa Lind", "helper")


@pytest.mark.parametrize(
    ("role", "may"),
    [("owner", "You decide"), ("helper", "You prepare"), ("viewer", "You can look at everything")],
)
def test_whoever_comes_in_hears_where_and_what_they_may_do(role: Role, may: str, team: Talk) -> None:
    with team.books() as books:
        books.members.save(replace(books.members.get("kim"), role=role))
    card = asked(team, Action("member.joined", "kim"), "Kim Holm", role)
    assert card.title == "Welcome, Kim Holm"
    assert "Åsas Bageri AB" in card.text and may in card.text
    assert [b.label for b in card.buttons] == ["Today"]


def test_a_role_is_changed_and_the_history_says_by_whom(team: Talk) -> None:
    team.says("people")
    kim = team.card().items[1].button
    assert kim
    team.ask(Request(team.house.business.id, press=kim.token))
    team.presses("Make an owner")
    assert names(team) == ["Åsa Lind owner", "Kim Holm owner"]


def test_whoever_is_removed_is_known_nowhere_any_more(team: Talk) -> None:
    team.acts("member.remove", "kim")
    assert names(team) == ["Åsa Lind owner"]
    with team.books() as books:
        assert books.members.identities("kim") == ()
    with team.house.app.database.directory(team.house.clock()) as directory:
        assert directory.memberships(Person("slack", "U7", "T1")) == ()


def test_whoever_lost_a_phone_is_disconnected_and_stays(team: Talk) -> None:
    team.acts("member.disconnect", "kim")
    assert names(team) == ["Åsa Lind owner", "Kim Holm helper"]
    with team.books() as books:
        assert books.members.identities("kim") == ()


@pytest.mark.parametrize("verb", ["member.remove", "member.role"])
def test_the_owner_of_the_business_can_neither_go_nor_be_less(verb: str, team: Talk) -> None:
    assert "Åsa Lind owns the business and stays an owner." in team.acts(verb, "owner", "viewer")
    assert names(team) == ["Åsa Lind owner", "Kim Holm helper"]


def test_of_two_who_must_approve_neither_can_leave(team: Talk) -> None:
    team.acts("member.role", "kim", "owner")
    with team.books() as books:
        books.save_business(replace(books.business, second_approver="always"))
    for verb in ("member.remove", "member.role"):
        assert "A second yes takes two owners" in team.acts(verb, "kim", "helper")
    assert names(team) == ["Åsa Lind owner", "Kim Holm owner"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_about_people_speaks_every_language(language: str, home: Path) -> None:
    talk = Talk.about(home, language=language)
    asked(talk, Action("member.add"), member="Per Ek", role="viewer")
    with talk.books() as books:
        books.members.owner()
        per = next(m.id for m in books.members.all() if m.name == "Per Ek")
    for verb in ("list", "show", "code", "joined", "invite", "role", "disconnect", "remove"):
        assert asked(talk, Action(f"member.{verb}", per, "helper")).text
