"""What can matter for a goal: the answers on which it can depend, and which of their words nothing tells apart.

The cone goes backwards from the goal: from a conclusion to the rules that speak about it, from these to the answers and
conclusions they read, from a derived finding to what it is derived from. What leads depends on every explanation, and a side
that was not told on both worlds; there the cone is all that any rule, link or score reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.case import Case, Key
from engine.cohort.conditions import Condition, Look
from engine.cohort.layout import is_relative, slot_sides
from engine.cohort.run import ArrayEvaluator
from engine.conditions import sides_read
from engine.questioning.goals import Goal
from engine.questioning.judging import IN_EVIDENCE
from engine.result import Node
from knowledge.bands import Band
from knowledge.model import Finding, Rule
from knowledge.sides import BODY, NONE, UNSTATED

Words = frozenset[str]
EARLY = (*IN_EVIDENCE, "flags", "withholds", "out_of_scope")
"""What rules do that read neither the outcome nor what leads."""
_OF_TIME = ("pain_months", "earlier_episodes")


@dataclass
class Cone:
    """For each answer that can matter, the sets of words that something asks for.

    `each` holds the answers whose every word counts for itself, `known` those for which it counts that they are known at all.
    """

    tests: dict[Key, set[Words]] = field(default_factory=dict)
    each: set[Key] = field(default_factory=set)
    known: set[Key] = field(default_factory=set)

    def mark(self, key: Key, word: str) -> tuple[bool | str, ...]:
        """What is asked of a word; words with the same mark come to the same. No word, written '', has a mark too."""
        if key in self.each:
            return (word,)
        known = (bool(word),) if key in self.known else ()
        return (*known, *(word in words for words in sorted(self.tests[key], key=sorted)))


def cone_of(goal: Goal, case: Case, evaluator: ArrayEvaluator) -> Cone:
    """All that the goal can depend on in this case."""
    walk = _Walk(case, evaluator)
    rule = next((one for one in evaluator.kb.rules if one.id == goal.name), None) if goal.kind == "fires" else None
    if rule:
        walk.rule(rule)
    elif goal.kind == "supported":
        walk.node(goal.node)
    if case.has_unstated or goal.kind in ("leads", "claim") or (rule and rule.verb not in EARLY):
        walk.everything()
    return walk.cone


class _Walk:
    def __init__(self, case: Case, evaluator: ArrayEvaluator) -> None:
        self.case, self.evaluator, self.kb, self.cone = case, evaluator, evaluator.kb, Cone()
        self._nodes: set[Node] = set()
        self._subjects: set[tuple[str, str, Words]] = set()

    def node(self, node: Node) -> None:
        """Every rule that speaks about a conclusion."""
        if node not in self._nodes:
            self._nodes.add(node)
            for said in self.evaluator.evidence.about.get(node, ()):
                self._condition(said.when)

    def rule(self, rule: Rule) -> None:
        """A rule, on every side on which it is evaluated."""
        for side in BODY if rule.when.sided else (NONE,):
            self._condition(self.evaluator.looks.condition(rule.when, side))

    def everything(self) -> None:
        """What decides conclusions, claims and red flags, and what chains, scores and dates read; that something is known counts too."""
        for rule in self.kb.rules_of("claims", "flags"):
            self.rule(rule)
        for node in self.evaluator.evidence.nodes:
            self.node(node)
            for leaf in self.kb.conclusions[node[0]].severity:
                for side in sides_read(leaf, node[1]):
                    self.subject(leaf.subject, side, leaf.words)
        for one in self.kb.findings.values():
            self._read_by_chains(one)
        for name in _OF_TIME:
            self._every_side(name)
        self.cone.known |= set(self.cone.tests)

    def _read_by_chains(self, finding: Finding) -> None:
        """Activities that hurt, and bedside changes."""
        trial = any(finding.id in names for names in self.evaluator.readers.trials.values())
        for side in slot_sides(finding, finding.id):
            if finding.hurts:
                self.subject(finding.id, side, ("yes",))
            if trial:
                self.subject(finding.id, side, ("better",))
                self.subject(finding.id, side, ("same", "worse"))

    def _every_side(self, name: str, *tests: Iterable[str]) -> None:
        if name in self.kb.findings:
            for side in BODY if self.kb.findings[name].per_side else (NONE,):
                self.subject(name, side, *tests)

    def _condition(self, condition: Condition) -> None:
        numbers = {number for options in (*condition.all, *condition.at_least) for number in options}
        for number in sorted({*numbers, *condition.any, *condition.none}):
            self._look(self.evaluator.looks.every[number])

    def _look(self, look: Look) -> None:
        if look.about == "conclusion":
            self.node((look.subject, look.side))
        elif look.about == "finding":
            self.subject(look.subject, look.side, look.words)

    def subject(self, subject: str, side: str, *tests: Iterable[str]) -> None:
        """An answer or a detail of one is read on a side; `tests` are the sets of words asked for."""
        finding, words = self.kb.findings[subject.partition(".")[0]], [frozenset(one) for one in tests] or [frozenset[str]()]
        for one in words:
            if (subject, side, one) not in self._subjects:
                self._subjects.add((subject, side, one))
                self._answer(finding, side, one if subject == finding.id else frozenset())

    def _answer(self, finding: Finding, side: str, words: Words) -> None:
        if finding.answer.form == "list":
            return
        for key in self._keys(finding, side):
            self.cone.tests.setdefault(key, set()).add(words)
            if is_relative(finding):
                self.cone.each.add(key)
        if finding.derived:
            self._derivation(finding, side)
        if finding.norm and self._has_number(finding.id, side):
            self._norm()

    def _keys(self, finding: Finding, side: str) -> list[Key]:
        """Where the answer stands; one of unstated side is read on both."""
        if not finding.per_side:
            return [(finding.id, NONE)]
        return [(finding.id, side), *([(finding.id, UNSTATED)] if self.case.answer(finding.id, UNSTATED) else [])]

    def _norm(self) -> None:
        """What a norm depends on; each word counts, since another sex has other norms."""
        for name in ("age", "sex"):
            self._every_side(name)
            self.cone.each |= {(name, NONE)} & set(self.cone.tests)

    def _has_number(self, name: str, side: str) -> bool:
        given = (self.case.answer(name, one) for one in (side, UNSTATED))
        return any(one is not None and isinstance(one.value, float) for one in given)

    def _derivation(self, finding: Finding, side: str) -> None:
        assert finding.derived is not None
        how, of = finding.derived.how, finding.derived.of
        if how == "score":
            self._score(of, side)
            return
        source = self.kb.findings[of]
        sides = BODY if how in ("side_ratio", "side_difference", "side_mean") else (side if source.per_side else NONE,)
        ends = _ends(source.bands) if how in ("side_ratio", "side_difference") else ()
        for one in sides:
            self.subject(of, one, *((word,) for word in ends))
        if how == "years_before_pain":
            self._every_side("pain_months")
        if how == "percent_of_norm" and any(self._has_number(of, one) for one in sides):
            self._norm()

    def _score(self, name: str, side: str) -> None:
        """Tests that are counted; how many are known counts as well."""
        for leaf in self.kb.instruments[name].leaves:
            for one in sides_read(leaf, side):
                self.subject(leaf.subject, one, leaf.words)
                self.cone.known |= {*self._keys(self.kb.findings[leaf.finding], one)}


def _ends(bands: Iterable[Band]) -> tuple[str, ...]:
    """The words of the lowest and of the highest band: between them alone words tell a difference of sides."""
    placed = sorted((band.interval.low, band.word) for band in bands if band.interval)
    return tuple(dict.fromkeys((placed[0][1], placed[-1][1]))) if len(placed) > 1 else ()
