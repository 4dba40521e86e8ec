"""The page: what each table means, the goals, and the figures of one run. The words about figures stand here, the figures never."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.goals import goal_table
from benchmarks.measuring import Part, Table

HEAD = """# Performance

Written by `python -m benchmarks{options} -o docs/performance.md`; do not edit it. {machine}

All figures are of one run. Engines that are compared take turns on the same cases; told are medians, and the ratios are medians of
the ratios case by case. Ratios hold on other machines as well, milliseconds do not. Times are of the processor, which on an idle machine
are those of the clock; only starts from a shell are told by the clock, and are longer on a machine that is busy with other things. A case
with a side that was not told counts as its two worlds."""

GOALS = """## Goals

What the project wants, and what this run measured. Nothing is taken from another run: what was not measured says so."""

NOT_RUN = "Not run."


@dataclass(frozen=True, slots=True)
class Section:
    """A part by its name, and what its tables mean."""

    name: str
    title: str
    about: str


SECTIONS = (
    Section("consult", "One person", """CLIPS 6.4, a rule engine in C, has the same rules as a program of its own and concludes the same
(`tests/test_clips.py`), so it is the reference. It gets the words of the case ready made. Beside it stands the part of our traced engine
that does the same work. The plain loop is the floor: no engine that finds out which rules fire can do less."""),
    Section("stock", "Stock experta", """Our engine is experta with another network and agenda. Here the same evidence rules run on
experta as it comes. Its agenda can keep what was cancelled, so its results are held against ours."""),
    Section("explain", "Explaining", """On top of an inference: how a conclusion came about, why another did not, and the whole report in
each format."""),
    Section("documents", "Documents", """Beyond the inference: each document in each of its formats, as a reader asks for it. What would
change the report's mind is found again for each report, which is the larger part; texts of the knowledge and pictures are the rest."""),
    Section("build", "Made once", """Before the first person: reading and checking the knowledge, and making networks of its rules. The
ratio is to the traced engine's networks."""),
    Section("cold", "From a shell", """The command line as it is typed, with compiled modules (and whatever the program keeps between
runs) in place. The second table says where the import time of `diagnose` goes; a library imported by another counts for itself."""),
    Section("question", "The next question", """After each answer the interview infers and ranks what could be asked. The person waits
for both."""),
    Section("arguments", "Questioning a result", """Each answer beyond the inference that it questions, on every case in which
something leads; the project wants each within 100 ms."""),
    Section("cohort", "Many people", """The arrays on tables of people: reading cells, concluding and writing columns on one core, in
blocks; drawing the people is not counted. CLIPS runs a sample of the same rows one by one, from ready words to statuses and steps, and the
ratio is of time for a row, both in turns. Knowledge of five or twenty times the size is so many copies of all findings, rules and links
under names of their own, all of them answered; each copy concludes what the original does (`tests/test_replicate.py`). Peak memory is that
of the whole process without CLIPS."""),
)


def render(parts: Mapping[str, Part], options: str = "", machine: str = "") -> str:
    """The page of a run; `parts` by the names of SECTIONS. A part that is missing was not run. `machine` says where it ran."""
    goals = goal_table({name: part.figures for name, part in parts.items()})
    sections = [_section(one, parts.get(one.name)) for one in SECTIONS]
    return "\n\n".join([HEAD.format(options=options, machine=machine or this_machine()), GOALS, _markdown(goals), *sections]) + "\n"


def this_machine() -> str:
    """What may be told about where it ran."""
    system = f"Python {platform.python_version()} ({platform.python_implementation()})"
    return f"It ran on a machine with {os.cpu_count()} cores, {system}; one core is used."


def _section(section: Section, part: Part | None) -> str:
    body = [NOT_RUN] if part is None else [*([part.problem] if part.problem else []), *map(_markdown, part.tables)]
    return "\n\n".join([f"## {section.title}", section.about, *body])


def _markdown(table: Table) -> str:
    """A table; columns of figures are set to the right."""
    figures = [all(_is_figure(row[place]) for row in table.rows) for place in range(len(table.columns))]
    lines = [_line(table.columns), _line(tuple("---:" if one else "---" for one in figures)), *map(_line, table.rows)]
    return "\n".join(lines) + (f"\n\n{table.after}" if table.after else "")


def _is_figure(cell: str) -> bool:
    return cell[:1].isdigit()


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"
