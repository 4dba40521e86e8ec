"""What a start costs is what it imports: help needs no library but click, and a report needs no schema once knowledge is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("pydantic", "yaml", "networkx", "numpy", "experta", "jinja2", "prompt_toolkit", "rich")

HELP = """
import contextlib, io, json, sys
import click, cli

def commands(command, way):
    yield way
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), [*way, name])

told = {}
for way in [[], *commands(cli.main, [])]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        cli.main([*way, "--help"], standalone_mode=False)
    assert said.getvalue().startswith("Usage:"), said.getvalue()
    told[" ".join(way)] = [name for name in sys.argv[1:] if name in sys.modules]
print(json.dumps(told))
"""
LOAD = """
import json, sys
from pathlib import Path
import engine.case_reading, engine.infer, reports
from knowledge import load

kb = load(base=Path("tests/tiny"))
print(json.dumps({kb.sha256: [name for name in sys.argv[1:] if name in sys.modules]}))
"""


def told(program: str) -> dict[str, list[str]]:
    done = subprocess.run([sys.executable, "-c", program, *HEAVY], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@cache
def helped() -> dict[str, list[str]]:
    return told(HELP)


def test_the_program_sees_a_library_that_is_imported() -> None:
    assert told("import yaml\n" + HELP)[""] == ["yaml"]


def test_help_of_the_program_needs_no_library() -> None:
    assert helped()[""] == []


def test_help_of_every_command_needs_none_either() -> None:
    assert {"diagnose", "kb", "kb check", "why-not"} <= set(helped())
    assert {way: libraries for way, libraries in helped().items() if libraries} == {}


@pytest.mark.usefixtures("kept_here")
def test_knowledge_that_is_kept_needs_no_schema_on_the_way_to_a_report() -> None:
    first, second = told(LOAD), told(LOAD)
    assert first.keys() == second.keys()
    built, kept = (set(*found.values()) for found in (first, second))
    assert built - kept == {"pydantic"}
    assert "numpy" not in kept
