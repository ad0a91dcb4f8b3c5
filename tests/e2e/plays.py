"""The story on each platform: stand-ins and Purr are set up, the owner is let in, and all of it is played."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2

from tests.e2e import payloads, product, slack, standins, telegram
from tests.e2e.ground import ROOT, free_port
from tests.e2e.product import Purr, purr
from tests.e2e.running import Stuck
from tests.e2e.story import Story
from tests.e2e.tape import wait
from tests.e2e.telling import Report
from tests.e2e.words import Words
from tests.mailserver import MailServer, mail_server

Part = Callable[[Report, Path], None]
HOOKED = "en"
"""The language of the story in which Telegram calls Purr; in the others Purr asks."""
NOT_YET = 503
"""What Purr answers before it hears Slack."""
MANIFEST = ROOT / "docs" / "slack-manifest-socket.json"


def parts(language: str) -> Iterator[tuple[str, Part]]:
    """The story in one language, by the name of its part."""
    yield f"slack http {language}", partial(over_http, language=language)
    yield f"slack socket {language}", partial(by_socket, language=language)
    yield f"telegram {language}", partial(on_telegram, language=language)
    if language == HOOKED:
        yield f"telegram hook {language}", partial(by_hook, language=language)


@contextmanager
def slack_http(
    report: Report, folder: Path, mail: MailServer, fail: str = "", **settings: str
) -> Iterator[tuple[Purr, slack.Owner]]:
    """Ana in a workspace that has installed Purr by OAuth; Slack calls it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with (
        httpx2.Client(timeout=30) as client,
        standins.slack(folder, f"{address}/slack/oauth_redirect", fail) as place,
        purr(folder, port, mail, product.over_http(place, address), settings) as running,
    ):
        workspace = slack.Workspace(place, client)
        with report.step("installed by OAuth"):
            install(client, running, place)
        yield running, slack.Owner(workspace, slack.Http(running.events, client), workspace.direct())


@contextmanager
def slack_socket(
    report: Report, folder: Path, mail: MailServer, **settings: str
) -> Iterator[tuple[Purr, slack.Owner]]:
    """Ana in a workspace whose app was made for it; Purr calls Slack."""
    redirect = "http://127.0.0.1:9/slack/oauth_redirect"
    with httpx2.Client(timeout=30) as client, standins.slack(folder, redirect) as place:
        workspace = slack.Workspace(place, client)
        with report.step("an app of the workspace's own"):
            token = bot_token(client, place, redirect)
        with purr(folder, free_port(), mail, product.by_socket(place, token), settings) as running:
            with report.step("connected in Socket Mode"):
                workspace.connected()
            yield running, slack.Owner(workspace, slack.Socket(place.bridge, client), workspace.direct())


@contextmanager
def telegram_chat(
    folder: Path, mail: MailServer, language: str, port: int = 0, **settings: str
) -> Iterator[tuple[Purr, telegram.Owner]]:
    """Åsa in a chat with the bot."""
    with (
        httpx2.Client(timeout=30) as client,
        standins.telegram(folder) as place,
        purr(folder, port or free_port(), mail, product.on_telegram(place), settings) as running,
    ):
        yield running, telegram.Owner(place, client, language)


def over_http(report: Report, folder: Path, language: str) -> None:
    """The story on Slack, over HTTP; in the end the workspace throws Purr out, and lets it in again."""
    with mail_server() as mail, slack_http(report, folder, mail) as (running, owner):
        Story(report, running, mail, owner, Words(language)).whole()
        _asides(report, owner)
        with report.step("thrown out, and let in again"):
            owner.deliver("events_api", payloads.uninstalled(owner.who))
            install(owner.workspace.client, running, owner.workspace.slack)
            _hears(owner)
        _clean(report, running)


def by_socket(report: Report, folder: Path, language: str) -> None:
    """The story on Slack, in Socket Mode; Slack asks for a new connection on the way."""
    with mail_server() as mail, slack_socket(report, folder, mail) as (running, owner):
        story = Story(report, running, mail, owner, Words(language))
        story.meeting()
        with report.step("a new connection, as Slack asks for every few hours"):
            owner.workspace.reconnected()
        story.month()
        _asides(report, owner)
        _clean(report, running)


def on_telegram(report: Report, folder: Path, language: str) -> None:
    """The story on Telegram."""
    with mail_server() as mail, telegram_chat(folder, mail, language) as (running, owner):
        Story(report, running, mail, owner, Words(language)).whole()
        _clean(report, running)
        _unopposed(report, owner)


def by_hook(report: Report, folder: Path, language: str) -> None:
    """The story on Telegram, which calls Purr; an update that comes twice is heard once."""
    port = free_port()
    settings = {
        "PURR_TELEGRAM_HOOK": "on",
        "PURR_TELEGRAM_HOOK_SECRET": "e2e-secret",
        "PURR_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    with mail_server() as mail, telegram_chat(folder, mail, language, port, **settings) as (running, owner):
        Story(report, running, mail, owner, Words(language)).whole()
        with report.step("an update that comes twice is heard once"):
            _twice(running, owner, Words(language).says("help"))
        with report.step("a call without the secret is refused"):
            _uninvited(running, owner)
        _clean(report, running)
        _unopposed(report, owner)


def _asides(report: Report, owner: slack.Owner) -> None:
    with report.step("Home shows what is open"):
        if not owner.home()[-1].text.strip():
            raise Stuck("Home is empty")
    with report.step("the slash command helps"):
        _hears(owner)


def _hears(owner: slack.Owner) -> None:
    """The slash command is answered, in the talk or to her alone."""
    before = len(owner.seen()) + len(owner.hints())
    owner.command("help")
    wait("help", lambda: len(owner.seen()) + len(owner.hints()) > before)


def _twice(running: Purr, owner: telegram.Owner, text: str) -> None:
    said = "select 1 from lines where mine"
    before = len(running.rows(said))
    update = owner.update(text=text)
    owner.control("update", **update)
    wait("the words", lambda: len(running.rows(said)) > before)
    time.sleep(2)
    if (more := len(running.rows(said)) - before) != 1:
        raise Stuck(f"it was heard {more} times")


def _uninvited(running: Purr, owner: telegram.Owner) -> None:
    for secret in ("", "another"):
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        answer = owner.client.post(f"{running.address}/telegram/hook", json={"update_id": 1}, headers=headers)
        if answer.status_code not in (401, 403, 404):
            raise Stuck(f"it was answered with {answer.status_code}")


def _unopposed(report: Report, owner: telegram.Owner) -> None:
    with report.step("the Bot API had nothing to refuse"):
        if found := owner.problems():
            raise Stuck(str(found))


def _clean(report: Report, running: Purr) -> None:
    with report.step("stopped in order, its log without complaints or tokens"):
        running.stop()
        if found := running.complaints():
            raise Stuck("\n".join(found[:10]))
        if leaked := [
            t for t in (standins.BOT_TOKEN, "xoxb-", standins.CLIENT_SECRET + '"') if t in running.log
        ]:
            raise Stuck(f"the log holds {leaked}")


def install(client: httpx2.Client, running: Purr, place: standins.Slack) -> None:
    """What a person does to let Purr into their workspace: a page, a yes, and back."""

    def opened() -> httpx2.Response | None:
        answer = client.get(f"{running.address}/slack/install", follow_redirects=False)
        return answer if answer.status_code != NOT_YET else None

    page = wait("the page to install from", opened)
    address = page.headers.get("location") or _link(page.text, place)
    state = {
        k.partition("=")[0]: k.partition("=")[2].partition(";")[0]
        for k in page.headers.get_list("set-cookie")
    }
    asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
    back = approve(client, place, asked)
    done = client.get(back, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in state.items())})
    if done.status_code != 200:
        raise Stuck(f"the installation ended with {done.status_code}: {done.text[:300]}")


def _link(text: str, place: standins.Slack) -> str:
    found = re.search(rf'href="({re.escape(place.authorize)}[^"]+)"', text)
    if not found:
        raise Stuck(f"the page leads nowhere: {text[:500]}")
    return unescape(found[1])


def approve(client: httpx2.Client, place: standins.Slack, asked: dict[str, str]) -> str:
    """The yes on Slack's page, by Ana; and where it leads back to."""
    page = client.get(place.authorize, params=asked).text
    ana = next(form for form in page.split("<form")[1:] if ">ana<" in form)
    fields = {k: unescape(v) for k, v in re.findall(r'name="(\w+)" value="([^"]*)"', ana)}
    answer = client.post(f"{place.authorize}/callback", data=fields, follow_redirects=False)
    return str(answer.headers["location"])


def bot_token(client: httpx2.Client, place: standins.Slack, redirect: str) -> str:
    """The bot token that an app's own page shows, once it is in the workspace."""
    scopes = ",".join(json.loads(MANIFEST.read_text())["oauth_config"]["scopes"]["bot"])
    asked = {"client_id": standins.CLIENT_ID, "redirect_uri": redirect, "scope": scopes, "state": "own"}
    code = parse_qs(urlsplit(approve(client, place, asked)).query)["code"][0]
    fields = {"code": code, "client_id": standins.CLIENT_ID, "client_secret": standins.CLIENT_SECRET}
    return str(client.post(f"{place.workspace}/api/oauth.v2.access", data=fields).json()["access_token"])
