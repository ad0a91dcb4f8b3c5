"""The platforms: a file or a folder each, found by its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from bot.platforms import Option


@cache
def found() -> Mapping[str, ModuleType]:
    """Every platform that can be opened, by name."""
    modules = {name: import_module(f"{__name__}.{name}") for name in _names()}
    return {name: module for name, module in modules.items() if hasattr(module, "OPTIONS")}


def options() -> Mapping[str, tuple[Option, ...]]:
    """The settings of each platform's own."""
    return {name: module.OPTIONS for name, module in found().items()}


def _names() -> list[str]:
    return [module.name for module in iter_modules(__path__)]
