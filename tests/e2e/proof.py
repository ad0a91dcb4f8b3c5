"""The stand-ins prove themselves: each is started and asked something, before Purr is."""

from __future__ import annotations

import smtplib
from pathlib import Path

import httpx2

from tests.e2e import slack, standins, telegram
from tests.e2e.running import Stuck
from tests.e2e.telling import Report
from tests.mailserver import mail_server

REDIRECT = "http://127.0.0.1:9/slack/oauth_redirect"


def run(report: Report, folder: Path) -> None:
    """Every stand-in starts and answers."""
    with httpx2.Client() as client:
        with (
            report.step("a Slack workspace with messages, files and modals"),
            standins.slack(folder, REDIRECT) as place,
        ):
            _slack(place, client)
        with (
            report.step("a Bot API that takes words, and says where a file lies"),
            standins.telegram(folder) as place_of_bots,
        ):
            _telegram(place_of_bots, client)
    with report.step("a mail server"), mail_server() as mail:
        with smtplib.SMTP(mail.host, mail.port) as line:
            line.sendmail("a@a.example", ["b@b.example"], "Subject: x\n\nx")
        _check(len(mail.messages) == 1, "the mail did not arrive")


def _slack(place: standins.Slack, client: httpx2.Client) -> None:
    workspace = slack.Workspace(place, client)
    ana = workspace.direct()
    workspace.call("chat.postMessage", channel=ana.channel, text="hi")
    shared = workspace.upload(ana.channel, "x.csv", b"a;b")
    _check([m["text"] for m in workspace.history(ana.channel)] == ["hi", ""], "the talk is not kept")
    _check(bool(shared["files"][0]["url_private"]) and bool(workspace.trigger(ana)), "no file, or no trigger")
    answer = client.post(f"{place.api}apps.connections.open").json()
    _check(answer["url"].startswith("ws://"), "no Socket Mode")
    headers = {"Authorization": f"Bearer {standins.PERSON_TOKEN}"}
    client.post(f"{place.api}auth.test", headers=headers).raise_for_status()
    _check([c["path"] for c in place.tape.calls("auth.test")] == ["/api/auth.test"], "nothing on the tape")


def _telegram(place: standins.Telegram, client: httpx2.Client) -> None:
    owner = telegram.Owner(place, client, "nb")
    owner.say("/start")
    owner.drop("x.csv", b"a;b")
    updates = client.get(f"{place.api}1:x/getUpdates").json()["result"]
    _check([u["message"].get("text") for u in updates] == ["/start", None], "the words did not come through")
    ident = updates[1]["message"]["document"]["file_id"]
    path = client.post(f"{place.api}1:x/getFile", data={"file_id": ident}).json()["result"]["file_path"]
    _check(client.get(f"{place.files}1:x/{path}").content == b"a;b", "the file is not in the attic")
    _check(owner.problems() == [], "the stand-in minds something")


def _check(holds: bool, problem: str) -> None:
    if not holds:
        raise Stuck(problem)
