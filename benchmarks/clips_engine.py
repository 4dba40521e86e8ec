"""CLIPS behind one module: the only importer of clipspy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import clips
from clips import Symbol

from benchmarks.clips_facts import known_in, words_of
from benchmarks.clips_rules import clips_text, is_plain
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase

Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Concluded:
    """What CLIPS concluded about a case, in the order of sorting: nothing here depends on the order of firing."""

    fired: frozenset[tuple[str, str]]
    flags: frozenset[tuple[str, str, str]]
    statuses: Mapping[Node, tuple[str, int, bool]]
    claimed: frozenset[tuple[Node, Node]]
    steps: frozenset[tuple[Node, Node, str]]
    gaps: frozenset[tuple[Node, Node]]


class _Listener(clips.Router):  # type: ignore[misc]  # clipspy has no types
    """Keeps every warning and error of a build."""

    def __init__(self) -> None:
        super().__init__("listener", 40)
        self.heard: list[str] = []

    def query(self, name: str) -> bool:
        """Warnings and errors."""
        return name in ("stdwrn", "stderr")

    def write(self, _name: str, message: str) -> None:
        """Keep it."""
        self.heard.append(message)


class ClipsEngine:
    """A knowledge base as a CLIPS program, built once; evaluates one valuation at a time."""

    def __init__(self, kb: KnowledgeBase, text: str = "") -> None:
        self.text = text or clips_text(kb)
        self._env, listener = clips.Environment(), _Listener()
        self._env.add_router(listener)
        _build(self._env, self.text, listener.heard)
        self.said = "".join([*listener.heard, *_twice(self.text)])
        self._word, self._known = (self._env.find_template(name) for name in ("word", "known"))
        self._read = frozenset(leaf.subject for rule in kb.rules for leaf in rule.when.leaves if leaf.about == "finding")

    def run(self, valuation: Valuation) -> int:
        """Forget everything, assert the words and run until nothing can fire; how many rules fired.

        Facts go in one by one: clipspy's `load_facts`, which parses text, takes twelve times as long as the rules themselves.
        """
        self._env.reset()
        for finding, side, word in words_of(valuation, self._read):
            self._word.assert_fact(**{"finding": _value(finding), "side": Symbol(side), "is": _value(word)})
        for finding, side in known_in(valuation):
            self._known.assert_fact(finding=_value(finding), side=Symbol(side))
        return int(self._env.run())

    def conclude(self, valuation: Valuation) -> Concluded:
        """Run, and read what was concluded."""
        self.run(valuation)
        pairs = {kind: frozenset((_node(f), _node(f, "node", "side")) for f in self._facts(kind)) for kind in ("gap", "beyond")}
        steps = frozenset((_node(f), _node(f, "node", "side"), str(f["how"])) for f in self._facts("step"))
        return Concluded(
            fired=frozenset((str(f["rule"]), str(f["side"])) for f in self._facts("fired")),
            flags=frozenset((str(f["verb"]), str(f["rule"]), str(f["side"])) for f in self._facts("flag")),
            statuses={_node(f, "conclusion", "side"): _status(f) for f in self._facts("status")},
            claimed=frozenset((_node(f, "node", "side"), _node(f, "by", "by-side")) for f in self._facts("claimed")),
            steps=steps, gaps=pairs["gap"] - {(u, v) for u, v, _ in steps} - pairs["beyond"],
        )

    def _facts(self, kind: str) -> Any:
        return self._env.find_template(kind).facts()


def _build(env: Any, text: str, heard: Sequence[str]) -> None:
    """Load a program from its text (clipspy loads whole programs from files only). Raises ValueError with what CLIPS says."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "program.clp")
        path.write_text(text, encoding="utf-8")
        try:
            env.load(str(path))
        except clips.CLIPSError as error:
            raise ValueError("".join(heard) or str(error)) from error


def _twice(text: str) -> Iterator[str]:
    """Loaded from a file, a rule that takes the place of another of its name is taken without a word."""
    names = Counter(re.findall(r"^\(defrule (\S+)", text, re.MULTILINE))
    yield from (f"defined twice: {name}\n" for name, count in names.items() if count > 1)


def _value(word: str) -> Any:
    """A word as `clips_rules.symbol` writes it."""
    return Symbol(word) if is_plain(word) else word


def _status(fact: Any) -> tuple[str, int, bool]:
    return str(fact["state"]), int(fact["amount"]), fact["settled"] == "yes"


def _node(fact: Any, name: str = "source", side: str = "source-side") -> Node:
    return str(fact[name]), str(fact[side])

