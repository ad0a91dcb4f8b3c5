"""What docs/running.md and the files beside it promise: the examples run, the files fit the product."""

from __future__ import annotations

import fnmatch
import json
import logging
import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from bot.settings import Settings, load, names
from handlers.app import App
from handlers.cli import shell
from handlers.platforms import options
from handlers.running.logs import JsonLines
from handlers.running.pulse import Health
from handlers.running.traces import traced
from storage.vault import Vault
from tests.blank import blank_books

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/running.md").read_text(encoding="utf-8")
HERE = ROOT / "docs/running"
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
LINES = [line.partition("#")[0].split() for block in BLOCKS for line in block.splitlines()]
DOCKERFILE = (HERE / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
STEPS = [line.split(maxsplit=1) for line in DOCKERFILE if line and not line.startswith("#")]
COMPOSE: dict[str, Any] = yaml.safe_load((HERE / "compose.yaml").read_text(encoding="utf-8"))
UNITS = sorted(HERE.glob("purr*.service"))
SAFE = 2.0
"""The exposure, of ten, up to which systemd calls a service well shut in."""


def purr(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(shell, list(words))
    return done.exit_code, done.output


def test_the_examples_of_backup_and_restore_run_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, fresh = tmp_path / "data", iter(tmp_path / f"fresh{n}" for n in range(9))
    Vault(blank_books(data).with_name("purr.key")).seal("hemlig")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "copies").mkdir()
    run = [words[1:] for words in LINES if words[:2] in (["purr", "backup"], ["purr", "restore"])]
    assert len(run) == 8
    for words in run:
        is_new = words[0] == "restore" and not {"--replace", "--settle"} & set(words)
        monkeypatch.setenv("PURR_DATA", str(next(fresh) if is_new else data))
        code, said = purr(*words)
        assert code == 0, (words, said)
    assert {file.name for file in tmp_path.glob("mo*")} == {"monday.db", "moving.db", "moving.db.key"}


def test_the_examples_of_health_say_that_nobody_is_at_work_where_nobody_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank_books(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PURR_DATA", str(tmp_path))
    monkeypatch.setenv("PURR_PORT", "9")
    for words in (words[1:] for words in LINES if words[:2] == ["purr", "health"]):
        code, said = purr(*words)
        assert code == 1 and said.startswith("No"), (words, said)


def test_every_figure_that_is_named_is_told_and_every_one_that_is_told_is_named(tmp_path: Path) -> None:
    blank_books(tmp_path)
    with App(Settings(_env_file=None, data=tmp_path)) as app, app.watch.tally.counting():
        app.watch.kept.stamp.write_text(app.now().isoformat(), "utf-8")
        with traced("http", "front"):
            told = set(re.findall(r"^# TYPE (\w+)", app.watch.figures(), re.MULTILINE))
    assert set(re.findall(r"\bpurr_\w+", PAGE)) == told


def test_what_health_and_the_log_say_to_programs_is_as_the_page_shows_it() -> None:
    health, line = (
        json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    )
    assert health == Health("", 12, True).told()
    rows = re.findall(r"^\| (`at`.*|`trace`.*|`work`.*|`errors`.*) \|.*\|$", PAGE, re.MULTILINE)
    assert {*line, "errors"} == set(re.findall(r"`(\w+)`", " ".join(rows)))
    with traced(line["work"], line["name"]) as work:
        of_it = {"trace": line["trace"], "work": work}
    record = logging.makeLogRecord({"levelname": "INFO", "name": line["from"], "msg": line["says"]} | of_it)
    told = json.loads(JsonLines().format(record))
    assert told.keys() == line.keys()
    assert all(told[name] == line[name] for name in line.keys() - {"at", "ms", "outcome"})


def test_the_image_is_made_in_two_steps_of_what_is_in_the_repository() -> None:
    bases = [rest.split()[0] for step, rest in STEPS if step == "FROM"]
    assert len(bases) == 2 and len(set(bases)) == 1 and re.fullmatch(r"python:3\.\d+-slim-\w+", bases[0])
    copied = [
        word for step, rest in STEPS if step == "COPY" and "--from" not in rest for word in rest.split()[:-1]
    ]
    ignored = (HERE / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied)
    assert all((ROOT / name).exists() for name in copied)
    packages = re.search(r"^packages = \[(.*)\]$", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert packages and set(re.findall(r'"(\w+)"', packages[1])) <= set(copied)


def test_the_image_installs_what_the_lock_names_and_runs_as_nobody_in_particular() -> None:
    installs = [rest for step, rest in STEPS if step == "RUN" and "pip install" in rest]
    assert ["--require-hashes" in rest or "--no-index" in rest for rest in installs] == [True, True]
    last = dict(STEPS)
    assert last["USER"] == "10001:10001" and last["VOLUME"] == "/data"
    assert (last["ENTRYPOINT"], last["HEALTHCHECK"].partition("CMD ")[2]) == (
        '["purr"]',
        '["purr", "health"]',
    )
    assert set(re.findall(r"\b(PURR_\w+)=", last["ENV"])) <= set(names(options()))


def test_the_commands_that_the_files_run_are_purrs_own() -> None:
    shown = get_command(shell)
    assert isinstance(shown, TyperGroup)
    units = "\n".join(unit.read_text(encoding="utf-8") for unit in UNITS)
    started = re.findall(r"^ExecStart=/opt/purr/bin/purr ?(\w*)", units, re.MULTILINE)
    work = COMPOSE["services"]["work"]
    named = {*started, *work["command"], work["healthcheck"]["test"][2]} - {""}
    assert named == {"backup", "health", "work"} and named <= set(shown.commands)


def test_only_the_chat_is_published_and_only_to_this_machine() -> None:
    services = COMPOSE["services"]
    assert {name: each["ports"] for name, each in services.items() if "ports" in each} == {
        "purr": ["127.0.0.1:8484:8484"]
    }
    assert services["db"]["networks"] == ["books"] and COMPOSE["networks"]["books"] == {"internal": True}
    for name in ("purr", "work"):
        each = services[name]
        assert each["read_only"] and each["cap_drop"] == ["ALL"] and each["volumes"] == ["data:/data"]
        assert (HERE / each["build"]["context"]).resolve() == ROOT
        assert (ROOT / each["build"]["dockerfile"]).is_file()


def test_the_settings_of_the_containers_are_real_and_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    given = COMPOSE["services"]["purr"]["environment"]
    assert set(given) <= set(names(options()))
    for name, value in given.items():
        monkeypatch.setenv(name, re.sub(r"\$\{\w+:\?[^}]*\}", "hemlig", value))
    settings = load(ROOT / ".env.example", options())
    assert settings.database == "postgresql+psycopg://purr:hemlig@db/purr"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_service_is_shut_in_and_its_names_fit_the_page(unit: Path) -> None:
    read = RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment, method-assign]  # systemd's names have capitals
    read.read_string(unit.read_text(encoding="utf-8"))
    service = dict(read["Service"])
    assert (service["User"], service["StateDirectory"]) == ("purr", "purr")
    assert service["ProtectSystem"] == "strict" and service["NoNewPrivileges"] == "yes"
    assert service["ExecStart"].startswith("/opt/purr/bin/purr") and "/opt/purr" in PAGE
    assert service["EnvironmentFile"].lstrip("-") in PAGE and unit.name in PAGE


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_can_read_the_units_and_finds_them_well_shut_in(tmp_path: Path) -> None:
    for file in (*UNITS, *HERE.glob("*.timer")):
        text = file.read_text(encoding="utf-8").replace("/opt/purr/bin/purr", "/bin/true")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    analyse = ["systemd-analyze", "--no-pager"]
    checked = subprocess.run(
        [*analyse, "verify", *map(str, tmp_path.iterdir())], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    for unit in UNITS:
        told = subprocess.run(
            [*analyse, "security", "--offline=true", str(unit)], capture_output=True, text=True, check=False
        )
        found = re.search(r"exposure level for \S+ ([\d.]+)", told.stdout)
        assert found and float(found[1]) <= SAFE, told.stdout


def test_nothing_private_can_get_into_the_image() -> None:
    patterns = (HERE / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = [line[1:] for line in patterns if line.startswith("!")]
    assert "*" in patterns
    assert not any(fnmatch.fnmatch(name, each) for name in (".env", "purr-data", ".git") for each in allowed)
