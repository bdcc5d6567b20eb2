"""Digests of code and of values: what a run record depends on, in sixteen hex digits.

Code is digested by its syntax tree without docstrings, comments and layout, so that prose may be
improved without making a record stale, and the same on every supported Python.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOM = Path(__file__).parent
_LEFT_OUT = frozenset({"type_params", "type_comment", "kind", "ctx", "returns", "annotation"})


def of(value: Any) -> str:
    """The digest of a JSON-able value."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def module(name: str) -> str:
    """The digest of one module of this room, by its path within it: "world/knowledge"."""
    return of(_shape(_tree(name)))


def definitions(name: str, roots: Iterable[str]) -> str:
    """The digest of some top-level definitions of a module and of all they refer to in it."""
    found: dict[str, ast.stmt] = {}
    known = dict(_definitions(_tree(name)))
    waiting = list(roots)
    while waiting:
        word = waiting.pop()
        if word not in found and word in known:
            found[word] = known[word]
            waiting += [n.id for n in ast.walk(known[word]) if isinstance(n, ast.Name)]
    return of([[word, _shape(found[word])] for word in sorted(found)])


def function(what: Callable[..., Any]) -> str:
    """The digest of a function of this room and of all it refers to in its module."""
    name = what.__module__.removeprefix(f"{__package__}.").replace(".", "/")
    return definitions(name, [what.__name__])


def _definitions(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    for statement in tree.body:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, statement
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name, statement
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name, statement


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse((ROOM / f"{name}.py").read_text(encoding="utf-8"))


def _shape(node: Any) -> Any:
    """A syntax tree as nested lists: fields that are empty or say nothing about behaviour go."""
    if isinstance(node, list):
        return [_shape(item) for item in node if not _is_docstring(item)]
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = [
        [name, _shape(value)]
        for name, value in ast.iter_fields(node)
        if name not in _LEFT_OUT and value not in (None, [])
    ]
    return [type(node).__name__, *fields]


def _is_docstring(node: Any) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
