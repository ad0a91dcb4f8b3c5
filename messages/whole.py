"""Whole templates: the layout that one extends and the parts that it imports are put into it, once.

Else a layout is filled and all its parts are made anew for every text, which is half of what a letter costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy

from jinja2 import Environment, Template, nodes
from jinja2.exceptions import TemplateRuntimeError

Macros = dict[str, nodes.Macro]


def whole(environment: Environment, path: str) -> Template:
    """The template at a path, with nothing left in it to extend or import."""
    return _made(environment, path, _laid_out(environment, path))


def part(environment: Environment, path: str, name: str) -> Template | None:
    """One block of a template or of its layout, by its name and without the rest; None where it has none."""
    said, layout = _with_layout(environment, path)
    every = [*said, *layout]
    block = next((node for node in every if isinstance(node, nodes.Block) and node.name == name), None)
    imports = [node for node in every if isinstance(node, nodes.Import)]
    return _made(environment, path, [*imports, nodes.Scope(block.body)]) if block else None


def _made(environment: Environment, path: str, said: list[nodes.Node]) -> Template:
    macros: Macros = {}
    body = _taken_in(said, "", macros, environment)
    for macro in macros.values():
        macro.body = _spoken(macro.body, macros, _bound([macro]))
    body = _spoken(body, macros, frozenset())
    tree = nodes.Template([nodes.Scope([*_called(body, macros), *body])])
    tree.set_lineno(1)
    tree.set_environment(environment)
    code = environment.compile(tree, path, path)
    return Template.from_code(environment, code, environment.make_globals(None))


def _parsed(environment: Environment, path: str) -> list[nodes.Node]:
    assert environment.loader
    return environment.parse(environment.loader.get_source(environment, path)[0], path).body


def _with_layout(environment: Environment, path: str) -> tuple[list[nodes.Node], list[nodes.Node]]:
    """What a template says itself, and the layout that it extends; of one that extends none, nothing."""
    own = _parsed(environment, path)
    extends = next((node for node in own if isinstance(node, nodes.Extends)), None)
    return own, _parsed(environment, extends.template.as_const()) if extends else []


def _laid_out(environment: Environment, path: str) -> list[nodes.Node]:
    """What a template says, its blocks in their places in the layout that it extends."""
    own, layout = _with_layout(environment, path)
    if not layout:
        return own
    blocks = {node.name: node for node in own if isinstance(node, nodes.Block)}
    imports = [node for node in own if isinstance(node, nodes.Import)]
    return [*imports, *(_filled(node, blocks) for node in layout)]


def _filled(node: nodes.Node, blocks: dict[str, nodes.Block]) -> nodes.Node:
    if not isinstance(node, nodes.Block):
        return node
    block = blocks.get(node.name)
    if block is None and node.required:
        raise TemplateRuntimeError(f"required block {node.name!r} not found")
    return nodes.Scope((block or node).body)


def _taken_in(
    body: Sequence[nodes.Node], own: str, macros: Macros, environment: Environment
) -> list[nodes.Node]:
    """What is said, apart from its macros and those it imports: each of them by a name that no other has."""
    for node in body:
        if isinstance(node, nodes.Import):
            _taken_in(_parsed(environment, node.template.as_const()), f"{node.target}_", macros, environment)
    mine = {node.name for node in body if isinstance(node, nodes.Macro)}
    for call in (call for node in body for call in node.find_all(nodes.Call)):
        if isinstance(of := call.node, nodes.Name) and of.name in mine:
            of.name = f"{own}{of.name}"
        elif (name := _part(of)) in macros:
            call.node = nodes.Name(name, "load")
    for node in body:
        if isinstance(node, nodes.Macro):
            node.name = f"{own}{node.name}"
            macros[node.name] = node
    return [node for node in body if not isinstance(node, nodes.Macro | nodes.Import)]


def _part(of: nodes.Expr) -> str:
    """The name of a part of what was imported: `say.greeting` is `say_greeting`."""
    return (
        f"{of.node.name}_{of.attr}"
        if isinstance(of, nodes.Getattr) and isinstance(of.node, nodes.Name)
        else ""
    )


def _spoken(body: Iterable[nodes.Node], macros: Macros, bound: frozenset[str]) -> list[nodes.Node]:
    """The same with the words of macros where they were called; `bound`: names of another meaning here."""
    said: list[nodes.Node] = []
    for node in body:
        if isinstance(node, nodes.Output):
            said += (_in_place(each, macros, bound) for each in node.nodes)
            continue
        inside = bound | _bound([node])
        for name in ("body", "elif_", "else_"):
            if name in node.fields:
                setattr(node, name, _spoken(getattr(node, name), macros, inside))
        said.append(node)
    return said


def _in_place(said: nodes.Expr, macros: Macros, bound: frozenset[str]) -> nodes.Node:
    """The words of a macro, where one is said whose names mean the same here as where it stands."""
    macro = macros.get(_callee(said))
    if macro is None or not isinstance(said, nodes.Call) or said.kwargs:
        return nodes.Output([said])
    free = _names(macro, "load") - {arg.name for arg in macro.args}
    left = len(macro.args) - len(said.args)
    if free & bound or left > len(macro.defaults):
        return nodes.Output([said])
    copy = deepcopy(macro, {id(macro.environment): macro.environment})
    values = [*said.args, *copy.defaults[len(copy.defaults) - left :]]
    return nodes.With([*copy.args], values, copy.body) if values else nodes.Scope(copy.body)


def _called(body: Sequence[nodes.Node], macros: Macros) -> list[nodes.Macro]:
    """The macros that are still called, in their order."""
    wanted, rest = set[str](), list(body)
    while rest:
        found = {_callee(call) for call in rest.pop().find_all(nodes.Call)}
        fresh = (found & macros.keys()) - wanted
        wanted |= fresh
        rest += (macros[name] for name in fresh)
    return [macro for name, macro in macros.items() if name in wanted]


def _callee(said: nodes.Expr) -> str:
    """The name of what is called; empty where nothing is, or nothing that has one."""
    return said.node.name if isinstance(said, nodes.Call) and isinstance(said.node, nodes.Name) else ""


def _bound(body: Iterable[nodes.Node]) -> frozenset[str]:
    """The names that statements give a meaning of their own."""
    return frozenset().union(*(_names(node, "store", "param") for node in body))


def _names(node: nodes.Node, *contexts: str) -> set[str]:
    return {name.name for name in node.find_all(nodes.Name) if name.ctx in contexts}
