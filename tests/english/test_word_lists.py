"""Lists of English words stand in tables, not in the source: what is still left is named with its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from source_kit import SOURCE, parsed

MOST = 12
WORD = re.compile(r"[a-z][a-z' -]*")
EXCEPTIONS = Path(__file__).parent / "word_lists.tsv"


LISTS = (ast.Call, ast.Set, ast.List, ast.Tuple, ast.Dict, ast.Assign, ast.Constant)
PLAIN = (ast.expr_context, ast.operator, ast.Name, ast.alias)
"""What may list words, and what holds nothing."""


def words_of(node: ast.AST) -> list[str]:
    """The words a literal lists: a text that is split, a set, list or tuple of words, or the keys of a table."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split" | "splitlines")):
            said = text.split()
        case ast.Set(elts=items) | ast.List(elts=items) | ast.Tuple(elts=items) | ast.Dict(keys=items):
            said = [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        case ast.Assign(value=ast.Constant(value=str(text))) if text.count("\n") > 2:
            said = [word.strip(":;,") for word in text.split()]
        case ast.Constant(value=str(text)) if text.count("|") >= MOST:
            said = [part for part in re.split(r"[|()?:\\]+", text) if WORD.fullmatch(part) and len(part) > 1]
        case _:
            said = []
    return [word for word in said if WORD.fullmatch(word)]


def lists(tree: ast.AST, place: str) -> Iterator[str]:
    """Where words are listed: `file.py NAME`, by the innermost name that the list is given or the function it is in."""
    open_ = [(tree, place)]
    while open_:
        within, place = open_.pop()
        for node in ast.iter_child_nodes(within):
            if isinstance(node, PLAIN):
                continue
            inner = place
            match node:
                case ast.Assign(targets=[ast.Name(id=name), *_]) | ast.AnnAssign(target=ast.Name(id=name)):
                    inner = name
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    inner = name
            if isinstance(node, LISTS) and len(words_of(node)) > MOST:
                yield inner
            else:
                open_.append((node, inner))


def found() -> set[str]:
    """Every list of more than twelve words in the source."""
    return {
        f"{path.relative_to(SOURCE).as_posix()} {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for name in lists(parsed(path), "module")
    }


def test_no_word_list_stands_in_the_source_that_is_not_named_as_an_exception() -> None:
    known = dict(line.split("\t") for line in EXCEPTIONS.read_text("utf-8").splitlines())
    assert sorted(found()) == sorted(known), "put the words into assistant/english/data, or name the list with a reason"
    assert all(len(reason) > 10 for reason in known.values())


BARS = re.compile(rf"\((?:\?(?:P<\w+>|[:=!]|<[=!]))?((?:[a-z][a-z' -]*\|){{{MOST},}}[a-z][a-z' -]*)\)")


def test_no_list_of_words_is_written_as_a_pattern_with_bars() -> None:
    written = [
        f"{path.relative_to(SOURCE).as_posix()}:{node.lineno} {found[1][:60]}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.read_text("utf-8").count("|") >= MOST  # few files: the others need not be gone through
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for found in BARS.finditer(node.value)
    ]
    assert written == [], "put the words into assistant/english/data/said.tsv and ask `any_of` for them"
