"""The port: what carries jobs offers four verbs, and the embedded engine is one that does."""

from __future__ import annotations

import inspect

from handlers.engine.embedded import Embedded
from handlers.engine.port import Engine


def verbs(of: type) -> dict[str, list[str]]:
    public = {name: each for name, each in inspect.getmembers(of, inspect.isfunction) if name[0] != "_"}
    return {name: list(inspect.signature(each).parameters) for name, each in public.items()}


def test_the_embedded_engine_has_the_verbs_of_the_port_with_the_same_arguments() -> None:
    assert verbs(Engine).items() <= verbs(Embedded).items()
    assert verbs(Engine).keys() == {"enqueue", "every", "run", "stop"}
