"""Hearing: a listener for each thing Slack tells, translated into what Purr understands."""

from __future__ import annotations

import re
from asyncio import get_running_loop, wait

from slack_bolt.async_app import AsyncApp

from bot.chat import Action, Request
from bot.platforms import Switchboard, Told
from handlers.platforms.slack import incoming, modal
from handlers.platforms.slack.answering import Answering
from handlers.platforms.slack.flight import Flight
from handlers.platforms.slack.forms import asked_at, question, where_of
from handlers.platforms.slack.incoming import Origin
from handlers.platforms.slack.reception import Arrival, Listener, Reception
from handlers.platforms.slack.showing import Showing
from handlers.platforms.slack.words import words_of

PATIENCE = 2.5
"""How long a form that was handed in may take until it is acknowledged; Slack gives three seconds."""
PRESS, FORM, ANY = re.compile("^press:"), re.compile("^form:"), re.compile(".*")
COMMAND = "/purr"
SHORTCUT = "log_reply"
TODAY = Request("", action=Action("today.show"), private=True)
LINKING = re.compile(r"link\s+(\S+)", re.IGNORECASE)


class Hearing:
    """What Purr does when something happens in Slack."""

    def __init__(self, switchboard: Switchboard, showing: Showing, flight: Flight) -> None:
        self.switchboard = switchboard
        self.showing = showing
        self.flight = flight
        self.answering = Answering(showing)
        self.reception = Reception(switchboard, self.answering, flight)

    def listen(self, app: AsyncApp) -> None:
        """Listen; Bolt asks one listener after another, so what must be quick stands first."""
        door = self.reception.door
        app.action(PRESS)(door(self.pressed))
        app.action(FORM)(door(self.form_wanted))
        app.action(ANY)(door(self.acknowledged))
        app.view(modal.FORM)(door(self.handed_in))
        app.view(ANY)(door(self.acknowledged))
        app.command(COMMAND)(door(self.commanded))
        app.message_shortcut(SHORTCUT)(door(self.reply_logged))
        for name, listener in self.events().items():
            app.event(name)(door(listener))

    def events(self) -> dict[str, Listener]:
        """The events Purr is subscribed to."""
        return {
            "message": self.said,
            "app_mention": self.said,
            "app_home_opened": self.home_opened,
            "member_joined_channel": self.joined,
            "user_change": self.person_changed,
            **dict.fromkeys(("channel_left", "channel_archive", "channel_deleted"), self.place_gone),
            **dict.fromkeys(("group_left", "group_archive", "group_deleted"), self.place_gone),
            **dict.fromkeys(("app_uninstalled", "tokens_revoked"), self.uninstalled),
        }

    async def said(self, arrival: Arrival) -> None:
        """Words or files, in a talk with one person or to Purr by name."""
        event = arrival.body["event"]
        origin = incoming.of_event(arrival.body)
        is_for_purr = event["type"] == "app_mention" or origin.place.direct
        if not (is_for_purr and incoming.said_by_a_person(event)):
            await arrival.ack()
            return
        if origin.place.direct:
            await self.showing.rooms.remember(origin)
        files = incoming.files_of(event)
        text = "" if files else incoming.words_of(str(event.get("text", "")), arrival.bot)
        await self.reception.take(arrival, origin, asked(text), files)

    async def pressed(self, arrival: Arrival) -> None:
        """A button."""
        action = arrival.body["actions"][0]
        chosen = action.get("selected_option") or action
        origin = incoming.of_deed(arrival.body)
        origin = origin if origin.channel else await self.showing.rooms.talking(origin)
        await self.reception.take(arrival, origin, Request("", press=str(chosen["value"]), private=True))

    async def form_wanted(self, arrival: Arrival) -> None:
        """The button of a form: it opens at once, and nothing is heard until it is handed in."""
        await arrival.ack()
        origin = incoming.of_deed(arrival.body)
        origin = origin if origin.channel else await self.showing.rooms.talking(origin)
        if view := await self.showing.forms.view(str(arrival.body["actions"][0]["value"])):
            self.flight.start(self.answering.open(origin, view))
        else:
            self.flight.start(self.answering.say(origin, "form_gone"))

    async def handed_in(self, arrival: Arrival) -> None:
        """A form: what is wrong with it is said in place, and what it leads to takes its place."""
        clock = get_running_loop().time
        due = clock() + PATIENCE
        view, origin = arrival.body["view"], asked_at(arrival.body)
        origin = await self.showing.rooms.talking(origin) if incoming.is_person(origin.channel) else origin
        token = modal.origin(view).token
        request = Request("", press=token, values=modal.values(view), private=True)
        files = incoming.files_of({"files": modal.files(view)})
        told = await self.reception.keep(arrival, origin, request, files)
        if told is None:
            await arrival.ack(response_action="clear")
            return
        await wait({told}, timeout=max(0, due - clock()))
        if told.done():
            await self._answer_form(arrival, origin, told.result())
        else:
            person = await self.showing.people.person(origin.team, origin.user, within=0)
            await arrival.ack(response_action="update", view=modal.working(words_of(person.language), view))
            self.flight.start(self.answering.update(view["id"], origin, told))

    async def commanded(self, arrival: Arrival) -> None:
        """The slash command: help, linking, or the same words as in a talk."""
        text = incoming.words_of(str(arrival.body.get("text", "")))
        origin = await self.showing.rooms.answering(incoming.of_command(arrival.body))
        await self.reception.take(arrival, origin, asked(text) if text else TODAY)

    async def reply_logged(self, arrival: Arrival) -> None:
        """A message chosen as a customer's answer; in a customer's thread it is known whose."""
        origin = incoming.of_deed(arrival.body)
        message = arrival.body["message"]
        root = str(message.get("thread_ts") or message.get("ts", ""))
        customer = await self.showing.threads.customer(origin.place, root)
        text = incoming.words_of(str(message.get("text", "")))
        action = Action("reply.log", subject=customer, value=text)
        origin = await self.showing.rooms.answering(origin)
        await self.reception.take(arrival, origin, Request("", action=action, private=True))

    async def home_opened(self, arrival: Arrival) -> None:
        """Somebody looks at Home: it is made for them, and their talk with Purr is remembered."""
        await arrival.ack()
        event = arrival.body["event"]
        team, user = str(arrival.body["team_id"]), str(event["user"])
        if channel := event.get("channel"):
            await self.showing.rooms.remember(Origin(team, str(channel), user))
        if event.get("tab") == "home":
            seen = str((event.get("view") or {}).get("hash", ""))
            self.flight.start(self.showing.publish(incoming.home_of(team, user), seen))

    async def joined(self, arrival: Arrival) -> None:
        """Purr was invited into a channel: the one who did so is told how to choose it."""
        await arrival.ack()
        event, team = arrival.body["event"], str(arrival.body["team_id"])
        if event["user"] == arrival.bot and (host := event.get("inviter")):
            origin = Origin(team, str(event["channel"]), str(host))
            self.flight.start(self.answering.say(origin, "joined"))

    async def place_gone(self, arrival: Arrival) -> None:
        """A channel is not there any more, or Purr is not in it."""
        event, team = arrival.body["event"], str(arrival.body["team_id"])
        self.showing.rooms.left(team, str(event["channel"]))
        await self.switchboard.gone(Origin(team, str(event["channel"]), "").place, "gone")
        await arrival.ack()

    async def uninstalled(self, arrival: Arrival) -> None:
        """Purr was removed from a workspace, or its token taken back: the token is forgotten at once."""
        team, event = str(arrival.body["team_id"]), arrival.body["event"]
        is_bots = event["type"] == "app_uninstalled" or (event.get("tokens") or {}).get("bot")
        if team and is_bots:  # without a team it would be all of them
            await self.showing.clients.bots.forget(team)
            await self.switchboard.gone(Origin(team, "", "").place, "token")
        await arrival.ack()

    async def person_changed(self, arrival: Arrival) -> None:
        """Somebody has another name or language."""
        self.showing.people.forget(str(arrival.body["team_id"]), str(arrival.body["event"]["user"]["id"]))
        await arrival.ack()

    async def acknowledged(self, arrival: Arrival) -> None:
        """Something that needs no answer, as a link that was followed."""
        await arrival.ack()

    async def _answer_form(self, arrival: Arrival, origin: Origin, told: Told) -> None:
        line = question(told.lines)
        if line is None:
            await arrival.ack(response_action="clear")
        elif errors := modal.errors(line):
            await arrival.ack(response_action="errors", errors=errors)
        else:
            view = modal.modal(line, words_of(told.language), where_of(origin))
            await arrival.ack(response_action="update", view=view)
        self.flight.start(self.answering.conclude(told, origin))


def asked(text: str) -> Request:
    """What somebody wrote to Purr, as a request; the few words that mean the place itself are actions."""
    if linked := LINKING.fullmatch(text):
        return Request("", action=Action("member.join", value=linked[1]), private=True)
    if text.lower() == "here":
        return Request("", action=Action("place.here"), private=True)
    if text.lower() == "help":
        return Request("", action=Action("help.show"), private=True)
    return Request("", text=text, private=True)
