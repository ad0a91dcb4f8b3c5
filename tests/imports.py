"""An import contract: some modules may import Python itself and a short list, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules
from importlinter.domain.imports import ModuleExpression


class Only(Contract):
    """`modules`, all but `but_for`, import nothing beyond Python, their own parts, and `may_import`."""

    type_name = "only"

    modules: Any = fields.SetField(subfield=fields.ModuleExpressionField())
    but_for: Any = fields.SetField(
        subfield=fields.ModuleExpressionField(), required=False, default=frozenset()
    )
    may_import: Any = fields.SetField(subfield=fields.ModuleExpressionField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every direct import of every module named, against the list."""
        allowed = named(graph, self.may_import) | sys.stdlib_module_names
        free = named(graph, self.but_for)
        broken = [
            f"{importer} imports {imported}"
            for module in sorted(named(graph, self.modules))
            for importer in sorted({module} | graph.find_descendants(module))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not lies_in(importer, free) and not lies_in(imported, allowed | {module})
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line an import."""
        for line in check.metadata["broken"]:
            output.print_error(line)


def named(graph: ImportGraph, expressions: Iterable[ModuleExpression]) -> set[str]:
    """The modules that some expressions (`handlers.*`) stand for."""
    return {module.name for module in module_expressions_to_modules(graph, expressions)}


def lies_in(module: str, packages: set[str]) -> bool:
    """Whether a module is one of the packages, or a part of one."""
    parts = module.split(".")
    return any(".".join(parts[:length]) in packages for length in range(1, len(parts) + 1))
