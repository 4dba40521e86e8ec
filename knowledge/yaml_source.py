"""Reading YAML with line and column; the only importer of yaml.

Hidden here: PyYAML reads `no` as False, keeps the last of two equal keys without a word, expands aliases without
limit, drops tags in silence and recurses as deep as the text does. Authors write plain words, so booleans and dates
stay words, anchors, aliases and tags are refused, and every fault is a `Problem` with its place. The tree is built
from the stream of events, never deeper than MAX_DEPTH.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from knowledge.problems import Place, Problem, short
from knowledge.source import At, Path_, Source, merged
from knowledge.text_source import read_text
from knowledge.yaml_syntax import explain, unseen_characters

__all__ = ["At", "Source", "merged", "read_source", "read_text"]

MAX_DEPTH = 60

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,16})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,16}\.[0-9]{1,16}")
_WRITE_OUT = "write the text out; put quotes around a text that begins with *, & or !"


def read_source(text: str, shown: str) -> tuple[Source, list[Problem]]:
    """A tree of words, numbers, lists and mappings; the tree is None when the text is no YAML."""
    text = text.removeprefix("\ufeff")
    unseen = unseen_characters(text, shown)
    if unseen:
        return Source(shown, None, {}), unseen
    reader = _Reader(yaml.parse(text, Loader=yaml.CSafeLoader), shown)
    try:
        tree = reader.document()
    except yaml.YAMLError as error:
        return Source(shown, None, {}), [*reader.problems, _syntax_problem(error, text, shown)]
    except _TooDeep as error:
        return Source(shown, None, {}), [*reader.problems, _too_deep(error.place)]
    return Source(shown, tree, reader.places, frozenset(reader.faulty)), reader.problems


class _TooDeep(Exception):  # noqa: N818 - it carries a place up to read_source and never leaves this file
    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Reader:
    def __init__(self, events: Iterator[yaml.Event], shown: str) -> None:
        self.events = events
        self.shown = shown
        self.places: dict[Path_, Place] = {}
        self.problems: list[Problem] = []
        self.faulty: set[Place] = set()
        self._told: set[str] = set()

    def document(self) -> Any:
        """The first document; a second one is a problem."""
        tree: Any = None
        first = True
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and not first:
                says = "a second part of the file begins here (after a line '---')"
                hint = "delete the line '---'; one file is one list or one mapping"
                self.problems.append(Problem(self._at(event), "KB006", says, hint))
                return None
            if isinstance(event, yaml.NodeEvent):
                tree, first = self._value(event, ()), False
        return tree

    def _at(self, event: yaml.Event) -> Place:
        return Place(self.shown, *(_spot(event.start_mark) or ()))

    def _value(self, event: yaml.Event, path: Path_, depth: int = 0) -> Any:
        place = self.places[path] = self._at(event)
        if depth > MAX_DEPTH:
            raise _TooDeep(place)
        self._refuse(event, place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._value(one, (*path, index), depth + 1) for index, one in enumerate(self._until(yaml.SequenceEndEvent))]
        return _scalar(event) if isinstance(event, yaml.ScalarEvent) else None

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield event

    def _mapping(self, path: Path_, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for event in self._until(yaml.MappingEndEvent):
            key, here = self._key(event, path, depth), self._at(event)
            if key is None or key in out:
                self._value(next(self.events), (*path, "@refused"), depth + 1)
                if key is not None:
                    self._repeated(key, here, self.places[(*path, key, "@key")])
                continue
            self.places[(*path, key, "@key")] = here
            out[key] = self._value(next(self.events), (*path, key), depth + 1)
        if self.problems and not out:
            self.faulty.add(self.places[path])
        return out

    def _repeated(self, key: str, here: Place, first: Place) -> None:
        says = f"'{short(key)}' stands here a second time (first at line {first.line})"
        self.problems.append(Problem(here, "KB005", says, "keep one of the two"))

    def _key(self, event: yaml.Event, path: Path_, depth: int) -> str | None:
        if isinstance(event, yaml.ScalarEvent) and event.value:
            self._refuse(event, self._at(event))
            return str(event.value)
        here = self._at(event)
        self._value(event, (*path, "@refused"), depth + 1)
        what = "nothing" if isinstance(event, yaml.ScalarEvent) else "a list or a mapping"
        hint = "write one word and a colon, or put quotes around a text that begins with [ or {"
        self.problems.append(Problem(here, "KB006", f"{what} stands here where a key is needed", hint))
        return None

    def _refuse(self, event: yaml.Event, place: Place) -> None:
        """Anchors, aliases and tags; each name is told once, where it first stands."""
        found = ""
        if isinstance(event, yaml.AliasEvent):
            found, says = f"*{event.anchor}", "an alias stands here"
        elif getattr(event, "anchor", None):
            found, says = f"&{getattr(event, 'anchor', '')}", "an anchor stands here"
        elif getattr(event, "tag", None):
            found, says = f"{getattr(event, 'tag', '')}", "a tag stands here"
        if not found:
            return
        self.faulty.add(place)
        if found not in self._told:
            self._told.add(found)
            self.problems.append(Problem(place, "KB006", f"{says} ({short(found)})", _WRITE_OUT))


def _scalar(event: yaml.ScalarEvent) -> str | int | float | None:
    value: str = event.value
    if not event.implicit[0]:
        return value
    if _WHOLE.fullmatch(value):
        return int(value)
    if _DECIMAL.fullmatch(value):
        return float(value)
    return value or None


def _too_deep(place: Place) -> Problem:
    return Problem(place, "KB006", f"lists and mappings stand more than {MAX_DEPTH} deep in each other here", "write flat lists")


def _syntax_problem(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    raw = str(getattr(error, "problem", None) or error).split("\n")[0]
    failed, opened = (_spot(getattr(error, name, None)) for name in ("problem_mark", "context_mark"))
    if failed and "nesting depth" in raw:
        return _too_deep(Place(shown, *failed))
    spot, says, hint = explain(raw, text, failed, opened)
    return Problem(Place(shown, *spot), "KB004", says, hint)


def _spot(mark: Any) -> tuple[int, int] | None:
    return (mark.line + 1, mark.column + 1) if mark is not None else None
