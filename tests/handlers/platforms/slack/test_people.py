from __future__ import annotations

from bot.platforms import Person
from tests.handlers.platforms.slack.scene import Scene, played
from tests.handlers.platforms.slack.workspace import ASA, BO, TEAM, Fault


def test_somebody_is_asked_about_once() -> None:
    async def act(on: Scene) -> None:
        assert on.slack.showing
        people = on.slack.showing.people
        for _ in range(3):
            assert await people.person(TEAM, ASA) == Person("slack", ASA, TEAM, "Åsa Lind", "en")
        assert len(on.place.made("users.info")) == 1

    played(act)


def test_the_language_is_the_first_part_of_the_locale_and_norwegian_is_bokmal() -> None:
    async def act(on: Scene) -> None:
        assert on.slack.showing
        people = on.slack.showing.people
        assert (await people.person(TEAM, BO)).language == "sv"
        on.place.users[BO]["locale"] = "no-NO"
        people.forget(TEAM, BO)
        assert (await people.person(TEAM, BO)).language == "nb"

    played(act)


def test_an_answer_that_makes_no_sense_is_not_kept() -> None:
    async def act(on: Scene) -> None:
        assert on.slack.showing
        people = on.slack.showing.people
        known, on.place.users[ASA] = on.place.users[ASA], {"profile": None}
        assert await people.person(TEAM, ASA, "asa") == Person("slack", ASA, TEAM, "asa")
        on.place.users[ASA] = known
        assert (await people.person(TEAM, ASA)).name == "Åsa Lind"

    played(act)


def test_when_slack_does_not_say_the_name_in_the_request_will_do_and_it_is_asked_again() -> None:
    async def act(on: Scene) -> None:
        assert on.slack.showing
        people = on.slack.showing.people
        on.place.fail("users.info", Fault("fatal_error"))
        assert await people.person(TEAM, ASA, "asa") == Person("slack", ASA, TEAM, "asa")
        assert (await people.person(TEAM, ASA, "asa")).name == "Åsa Lind"

    played(act)
