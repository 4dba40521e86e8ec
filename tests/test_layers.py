"""The one-way order of the rooms and the house rules that syntax alone can show.

Every rule stands in one table with a module that obeys it and modules that break it: no rule here is unable to fail.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# room -> rooms it may import
MAY_IMPORT = {
    "knowledge": frozenset(),
    "engine": frozenset({"knowledge"}),
    "consult": frozenset({"knowledge", "engine"}),
    "reports": frozenset({"knowledge", "engine"}),
    "cohort": frozenset({"knowledge", "engine"}),
    "commands": frozenset({"knowledge", "engine", "consult", "reports", "cohort"}),
    "cli": frozenset({"commands"}),
    "benchmarks": frozenset({"knowledge", "engine", "reports"}),
}
# library -> the modules that may import it; one that is missing here has no home yet
HOMES = {
    "experta": ("engine/forward/library.py",),
    "frozendict": ("engine/forward/library.py",),
    "yaml": ("knowledge/yaml_source.py",),
    "pydantic": ("knowledge/*",),
    "networkx": ("knowledge/graph.py", "engine/*"),
    "pickle": ("knowledge/packing.py",),
    "numpy": ("engine/*", "cohort/tables.py", "benchmarks/*"),
    "pyarrow": ("cohort/tables.py",),
    "dask": ("cohort/cluster.py",),
    "distributed": ("cohort/cluster.py",),
    "sqlite3": ("consult/*",),
    "jinja2": ("reports/*",),
    "typst": ("reports/typesetting.py",),
    "click": ("cli.py", "commands/*"),
    "prompt_toolkit": ("consult/*",),
    "rich": ("consult/*",),
    "icalendar": ("reports/ics.py",),
    "clips": ("benchmarks/clips_engine.py",),
}
SILENT = ("knowledge", "engine", "consult", "reports", "cohort", "commands")
LONGEST = 350
# Underscore methods that are the public face of a named tuple.
NAMED_TUPLE = frozenset({"_asdict", "_field_defaults", "_fields", "_make", "_replace"})


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its path from the top folder, and its text."""

    path: str
    source: str

    @property
    def tree(self) -> ast.Module:
        return parsed(self.source)

    @property
    def room(self) -> str:
        return self.path.removesuffix(".py").split("/")[0]

    @property
    def package(self) -> list[str]:
        return self.path.split("/")[:-1]


@dataclass(frozen=True, slots=True)
class Import:
    """One import, wherever it stands: `from origin import name` (or `import origin`), known here as `alias`."""

    line: int
    origin: str
    name: str
    alias: str

    @property
    def top(self) -> str:
        return self.origin.split(".")[0]


Check = Callable[[Module], list[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence, the check that keeps it, and planted modules: one that obeys it, and ways to break it."""

    sentence: str
    check: Check
    obeys: Module
    breaks: tuple[Module, ...]


@cache
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


def imports(module: Module) -> Iterator[Import]:
    """Every import of a module, also inside functions, under TYPE_CHECKING, relative, and by `import_module`."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                for a in names:
                    yield Import(node.lineno, a.name, "", a.asname or a.name.split(".")[0])
            case ast.ImportFrom(names=names):
                for a in names:
                    yield from_import(module, node, a)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(origin)), *_],
            ):
                yield Import(node.lineno, origin, "", "")


def from_import(module: Module, node: ast.ImportFrom, alias: ast.alias) -> Import:
    """`from . import x` names the module x; its origin is found from where the importing file stands."""
    base = module.package[: len(module.package) - node.level + 1] if node.level else []
    origin = ".".join([*base, *filter(None, [node.module])]) or alias.name
    return Import(node.lineno, origin, alias.name, alias.asname or alias.name)


def against_the_order(module: Module) -> list[str]:
    allowed = MAY_IMPORT[module.room] | {module.room}
    return [
        f"{module.path}:{i.line}: {module.room} may not import {i.top}"
        for i in imports(module)
        if i.top in {*MAY_IMPORT, "tests"} - allowed
    ]


def away_from_home(library: str, module: Module) -> list[str]:
    if any(fnmatch(module.path, home) for home in HOMES[library]):
        return []
    return [f"{module.path}:{i.line}: imports {library}" for i in imports(module) if i.top == library]


def homeless(module: Module) -> list[str]:
    known = {*sys.stdlib_module_names, *MAY_IMPORT, *HOMES, "tests"}
    return [f"{module.path}:{i.line}: {i.top} has no home in HOMES" for i in imports(module) if i.top not in known]


def prints(module: Module) -> list[str]:
    if module.room not in SILENT:
        return []
    names = (node for node in ast.walk(module.tree) if isinstance(node, ast.Name))
    return [f"{module.path}:{node.lineno}: print" for node in names if node.id == "print"]


def underscores_of_others(module: Module) -> list[str]:
    return [
        *(
            f"{module.path}:{i.line}: {i.origin}.{i.name} is private to its file"
            for i in imports(module)
            if any(private(part) for part in (*i.origin.split("."), i.name))
        ),
        *private_attributes(module),
    ]


def private_attributes(module: Module) -> Iterator[str]:
    """`forward._match` where `forward` was imported from one of the rooms."""
    ours = {i.alias for i in imports(module) if i.top in MAY_IMPORT}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and private(node.attr) and start_of(node) in ours:
            yield f"{module.path}:{node.lineno}: {start_of(node)}.{node.attr} is private to its file"


def start_of(node: ast.expr) -> str:
    """The name a dotted chain begins with."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def private(name: str) -> bool:
    dunder = name.startswith("__") and name.endswith("__")
    return name.startswith("_") and not dunder and name not in NAMED_TUPLE


def silent_about_itself(module: Module) -> list[str]:
    return [] if ast.get_docstring(module.tree) else [f"{module.path}: no docstring says what it is about"]


def too_long(module: Module) -> list[str]:
    lines = len(module.source.splitlines())
    return [f"{module.path}: {lines} lines"] if lines > LONGEST else []


def rule(sentence: str, check: Check, obeys: tuple[str, str], *breaks: tuple[str, str]) -> Rule:
    return Rule(sentence, check, Module(*obeys), tuple(Module(*b) for b in breaks))


def home_rule(library: str, obeys: str, breaks: str) -> Rule:
    """One library, a module where it is at home and one where it is not."""
    homes = " and ".join(HOMES[library])
    text = f"import {library}"
    away = (breaks, f"def f():\n    from {library}.inner import x"), (breaks, text)
    return rule(f"only {homes} imports {library}", partial(away_from_home, library), (obeys, text), *away)


RULES = [
    rule(
        "knowledge imports no other room",
        against_the_order,
        ("knowledge/load.py", "import yaml\nfrom . import model\nfrom knowledge.model import Finding"),
        ("knowledge/load.py", "import engine"),
        ("knowledge/load.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from engine.case import Case"),
        ("knowledge/deep/load.py", "from ... import reports"),
        ("knowledge/load.py", "from importlib import import_module\nimport_module('cli')"),
    ),
    rule(
        "engine imports only knowledge",
        against_the_order,
        ("engine/case.py", "import knowledge\nfrom .facts import Fact\nfrom knowledge.model import Finding"),
        ("engine/case.py", "def f():\n    import reports.html"),
        ("engine/case.py", "from consult import log"),
        ("engine/case.py", "import cli as c"),
    ),
    rule(
        "consult imports only knowledge and engine",
        against_the_order,
        ("consult/log.py", "import sqlite3\nimport knowledge\nfrom engine import infer"),
        ("consult/log.py", "from reports import render"),
    ),
    rule(
        "reports imports only knowledge and engine",
        against_the_order,
        ("reports/html.py", "from engine.trace import Step\nfrom knowledge.model import Finding"),
        ("reports/html.py", "from consult.log import Event"),
    ),
    rule(
        "cohort imports only knowledge and engine",
        against_the_order,
        ("cohort/work.py", "from engine.cohort.people import conclude\nfrom knowledge import load\nfrom .tables import pack"),
        ("cohort/work.py", "from reports import render"),
        ("cohort/work.py", "import consult.asking"),
    ),
    rule(
        "commands import every room and no test",
        against_the_order,
        ("commands/kb.py", "import cohort, consult, engine, knowledge, reports"),
        ("commands/kb.py", "from tests import cases"),
        ("commands/kb.py", "import cli"),
    ),
    rule(
        "cli imports commands alone",
        against_the_order,
        ("cli.py", "from commands import kb"),
        ("cli.py", "import engine"),
    ),
    rule(
        "benchmarks measure the rooms, and no room knows of them",
        against_the_order,
        ("benchmarks/clips_rules.py", "import engine, knowledge, reports\nfrom benchmarks.clips_facts import phases"),
        ("benchmarks/people.py", "from tests.random_people import random_person"),
        ("engine/infer.py", "import benchmarks"),
        ("cli.py", "from benchmarks import page"),
    ),
    home_rule("experta", "engine/forward/library.py", "engine/facts.py"),
    home_rule("frozendict", "engine/forward/library.py", "engine/facts.py"),
    home_rule("yaml", "knowledge/yaml_source.py", "knowledge/load.py"),
    home_rule("pydantic", "knowledge/schema.py", "reports/view.py"),
    home_rule("networkx", "knowledge/graph.py", "knowledge/load.py"),
    home_rule("numpy", "engine/cohort.py", "knowledge/graph.py"),
    home_rule("pickle", "knowledge/packing.py", "knowledge/cache.py"),
    home_rule("pyarrow", "cohort/tables.py", "cohort/work.py"),
    home_rule("dask", "cohort/cluster.py", "cohort/workers.py"),
    home_rule("distributed", "cohort/cluster.py", "commands/cohort.py"),
    home_rule("sqlite3", "consult/store.py", "cli.py"),
    home_rule("jinja2", "reports/render.py", "cli.py"),
    home_rule("typst", "reports/typesetting.py", "reports/formats.py"),
    home_rule("click", "cli.py", "consult/terminal.py"),
    home_rule("prompt_toolkit", "consult/terminal.py", "reports/text.py"),
    home_rule("rich", "consult/terminal.py", "engine/trace.py"),
    home_rule("icalendar", "reports/ics.py", "commands/planning.py"),
    home_rule("clips", "benchmarks/clips_engine.py", "engine/infer.py"),
    rule(
        "every library has a home",
        homeless,
        ("engine/facts.py", "import re\nimport networkx\nfrom . import case"),
        ("engine/facts.py", "import pandas"),
    ),
    rule(
        "no room prints",
        prints,
        ("knowledge/load.py", "'''Explains print().'''\ntext = 'print(1)'"),
        *((f"{room}/x.py", "def f():\n    print('done')") for room in SILENT),
        ("consult/x.py", "def ask(write=print): ..."),
    ),
    rule(
        "nobody imports another module's underscore name",
        underscores_of_others,
        (
            "engine/facts.py",
            "from __future__ import annotations\nfrom engine import __doc__, case\n_x = 1\ncase.Answer._replace(x=_x)",
        ),
        ("engine/facts.py", "from engine.case import _parse"),
        ("engine/facts.py", "from . import _case"),
        ("engine/facts.py", "from engine import case\ncase._parse()"),
        ("engine/facts.py", "import engine.case\nengine.case._parse()"),
        ("tests/test_facts.py", "from engine.case import _parse"),
    ),
    rule(
        "every module has a docstring",
        silent_about_itself,
        ("engine/facts.py", '"""What is known of one person."""\n'),
        ("engine/facts.py", ""),
        ("engine/facts.py", "# What is known of one person\nx = 1"),
    ),
    rule(
        f"no module is longer than {LONGEST} lines",
        too_long,
        ("engine/facts.py", "x = 1\n" * LONGEST),
        ("engine/facts.py", "x = 1\n" * (LONGEST + 1)),
    ),
]


def read(pattern: str) -> Iterator[Module]:
    for path in sorted(ROOT.glob(pattern)):
        yield Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def program() -> tuple[Module, ...]:
    return (*read("cli.py"), *(module for room in (*SILENT, "benchmarks") for module in read(f"{room}/**/*.py")))


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.sentence) for r in RULES])
class TestRule:
    def test_is_kept_by_the_program(self, rule: Rule, program: tuple[Module, ...]) -> None:
        breaches = [breach for module in program for breach in rule.check(module)]
        assert not breaches, "\n".join([rule.sentence, *breaches])

    def test_lets_a_good_module_pass(self, rule: Rule) -> None:
        assert rule.check(rule.obeys) == []

    def test_catches_each_planted_breach(self, rule: Rule) -> None:
        assert rule.breaks
        assert [module for module in rule.breaks if len(rule.check(module)) != 1] == []


def test_every_library_with_a_home_has_its_rule() -> None:
    guarded = {rule.check.args[0] for rule in RULES if isinstance(rule.check, partial)}
    assert guarded == set(HOMES)


def test_every_room_has_been_read(program: tuple[Module, ...]) -> None:
    assert {module.room for module in program} == set(MAY_IMPORT)


def test_no_module_stands_outside_the_rooms() -> None:
    assert [path.name for path in ROOT.glob("*.py")] == ["cli.py"]


def test_tests_use_no_underscore_name_of_the_program() -> None:
    assert [breach for module in read("tests/**/*.py") for breach in underscores_of_others(module)] == []
