"""The app: puts the parts together and runs them in one process; the only file that knows them all."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Self

from bot.chat import Card, Posted, Request, Upload
from bot.countries import country
from bot.nudges import next_nudge
from bot.parties import LANGUAGES, Business
from bot.settings import Settings
from bot.workdays import local, local_day
from handlers import start
from handlers.conversation import Conversation
from handlers.platforms.web import Feed, web_app
from handlers.today import morning
from storage.engine import Database
from storage.ids import new_id
from storage.readers import read

log = logging.getLogger(__name__)
