"""Titles for ids, and answers as a reader wants them: the number, its unit, and the word it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.case import Case
from engine.result import Fired, Inference, Node, Piece, Read
from knowledge.model import Finding, KnowledgeBase, Rule
from knowledge.sides import ANY, BODY, BOTH, NONE, UNSTATED
from reports.phrases import say, word, words_of

_MEASURED = re.compile(r"(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?) \((.*)\)")


def _says(fired: Fired, starts: tuple[str, ...]) -> bool:
    return any(text.startswith(starts) for text in (*fired.asserted, *fired.confirmed))


@dataclass(frozen=True, slots=True)
class Titles:
    """Looks up what a reader calls a thing."""

    kb: KnowledgeBase
    _rules: Mapping[str, Rule] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_rules", {rule.id: rule for rule in self.kb.rules})

    def conclusion(self, name: str) -> str:
        """The title of a conclusion."""
        known = self.kb.conclusions.get(name)
        return known.title if known else name.replace("_", " ")

    def node(self, node: Node) -> str:
        """The title of a conclusion with its side."""
        return say("with_side", title=self.conclusion(node[0]), side=self.side(node[1]))

    def quoted(self, node: Node) -> str:
        """The title of a conclusion in quotes, with its side: it can stand anywhere in a sentence."""
        return say("quoted", title=self.conclusion(node[0]), where=word("on_sides", node[1]))

    def side(self, side: str) -> str:
        """The reader's word for a side; nothing for what has none."""
        return word("sides", side)

    def finding(self, subject: str) -> str:
        """The title of a finding, with the detail when it is about one; of a conclusion, when it is one."""
        name, _, detail = subject.partition(".")
        known = self.kb.findings.get(name)
        title = known.title if known else self._result(name)
        return say("with_detail", title=title, detail=word("details", detail)) if detail else title

    def _result(self, name: str) -> str:
        """A conclusion, or what a rule may read of the result itself."""
        if name in self.kb.conclusions:
            return self.conclusion(name)
        return word("subjects", "outcome" if name in self.kb.wording.outcomes else name)

    def rule(self, name: str) -> Rule | None:
        """The rule of that id; a firing names its branch behind a slash."""
        return self._rules.get(name.partition("/")[0])

    def rule_title(self, name: str) -> str:
        """The title of a rule; generic rules of the engine have one of their own."""
        known = self.rule(name)
        return known.title if known else word("engine_rules", name.partition("/")[0])

    def about(self, text: str) -> str:
        """The title of what the engine writes as `name`, `name.side` or `name -> name`."""
        return say("arrow", parts=[self.part(part) for part in text.split(" -> ")])

    def part(self, text: str) -> str:
        """The title of what the engine writes as `name` or `name.side`."""
        name, _, side = text.partition(".")
        if name in self.kb.conclusions:
            return self.node((name, side or NONE))
        return self.finding(text) if name in self.kb.findings else word("activities", text)

    def told(self, subject: str, text: str) -> str:
        """A value as the engine writes it, number with word or word alone, in a reader's words and with its unit."""
        if match := _MEASURED.fullmatch(text):
            return say("measured", amount=self.amount(float(match[1]), subject), word=word("answers", match[2]))
        return ", ".join(self._word(one) for one in text.split(", "))

    def _word(self, text: str) -> str:
        return self.kb.conclusions[text].title if text in self.kb.conclusions else word("answers", text)

    def amount(self, number: float, subject: str) -> str:
        """A number with the unit of its finding."""
        return say("amount", number=f"{round(number, 1):g}", unit=self._unit(subject))

    def _unit(self, subject: str) -> str:
        name, _, detail = subject.partition(".")
        known = self.kb.findings.get(name)
        if known is None:
            return ""
        if detail:
            one = known.detail(detail)
            return one.unit if one else ""
        return self._derived_unit(known) if known.derived else known.answer.unit

    def _derived_unit(self, finding: Finding) -> str:
        assert finding.derived is not None
        how, of = finding.derived.how, finding.derived.of
        units = words_of("derived_units")
        return units[how] if how in units else self.kb.findings[of].answer.unit if of in self.kb.findings else ""

    def has_sides(self, subject: str) -> bool:
        """Whether a finding is about one side of the body."""
        known = self.kb.findings.get(subject.partition(".")[0])
        return known is None or known.per_side


@dataclass(frozen=True, slots=True)
class Names(Titles):
    """Titles, and what was answered in one case."""

    case: Case
    inference: Inference

    def value(self, subject: str, side: str) -> str:
        """What was answered, as number, unit and word, or that it was not; without sides it is read as a whole."""
        return self.told(subject, self.inference.valuation.shown(subject, side if self.has_sides(subject) else NONE))

    def behind(self, piece: Piece, node: Node) -> tuple[str, ...]:
        """The answers a rule read when it spoke about a node, those it only counted among them."""
        said = (f"{piece.kind} {name} " for name in (node[0], *(f"{node[0]}.{side}" for side in self._asked_as(node))))
        starts = tuple(said)
        fired = [one for one in self.inference.trace if one.rule.partition("/")[0] == piece.rule and _says(one, starts)]
        read = [read for one in fired for read in one.matched if read.part != "none" and self.counts(read, piece.rule)]
        answers = [(one.subject, one.side) for one in read if one.subject.partition(".")[0] in self.kb.findings]
        nodes = [one for one in read if one.subject in self.kb.conclusions]
        concluded = [self._read(one.subject, one.side, self.told(one.subject, one.word)) for one in nodes]
        return tuple(dict.fromkeys([*self.reads(dict.fromkeys([*piece.findings, *answers])), *concluded]))

    def counts(self, read: Read, name: str) -> bool:
        """Whether what a rule looked at is one of the answers it counts, or had to match anyway."""
        rule = self.rule(name)
        if read.part != "at_least" or rule is None:
            return True
        words = set(self.inference.valuation.look(read.subject, read.side) or ())
        return any(words & set(leaf.words) for leaf in rule.when.at_least if leaf.subject == read.subject)

    def _asked_as(self, node: Node) -> tuple[str, ...]:
        """The sides under which the trace speaks of a node."""
        return BODY if node[1] in (BOTH, UNSTATED) else (node[1],)

    def reads(self, findings: Iterable[Node]) -> tuple[str, ...]:
        """Findings with their sides and answers; left and right together when they say the same."""
        sides: dict[str, list[str]] = {}
        for subject, side in findings:
            sides.setdefault(subject, []).extend(self._told_sides(subject) if side == ANY else (side,))
        return tuple(line for subject, told in sides.items() for line in self._read_sides(subject, told))

    def _told_sides(self, subject: str) -> tuple[str, ...]:
        """The sides on which a finding was answered."""
        return tuple(side for side in BODY if self.inference.valuation.look(subject, side)) or (ANY,)

    def _read_sides(self, subject: str, sides: list[str]) -> tuple[str, ...]:
        values = list(dict.fromkeys(self.value(subject, side) for side in sides))
        if set(sides) >= set(BODY) and len(values) == 1:
            return (self._read(subject, BOTH, values[0]),)
        return tuple(dict.fromkeys(self._read(subject, side, self.value(subject, side)) for side in sides))

    def _read(self, subject: str, side: str, value: str) -> str:
        return say("read", title=self.finding(subject), side=self.asked_side(subject, side), value=value)

    def asked_side(self, subject: str, side: str) -> str:
        """The side a finding was read on; that it was not told, when the answer did not say."""
        if not self.has_sides(subject):
            return ""
        name = subject.partition(".")[0]
        told = (name, side) in self.case.answers or (name, UNSTATED) not in self.case.answers
        return self.side(side if told or side not in BODY else UNSTATED)

    def sides_of(self, node: Node) -> Iterable[Node]:
        """The nodes with a status of their own that a node stands for: both sides, or itself."""
        if node in self.inference.statuses:
            return (node,)
        sides = BODY if node[1] in (BOTH, UNSTATED) else ()
        return tuple((node[0], side) for side in sides if (node[0], side) in self.inference.statuses)
