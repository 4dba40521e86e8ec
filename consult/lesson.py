"""A case cut into stages to learn from: what is shown at each, and what is to be predicted before it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from consult.answer_text import answers_text
from consult.sentences import node_text
from engine.case import Answer, Case, Key
from engine.infer import Reasoner
from engine.result import Explanation, Inference, Node
from knowledge.model import OUTCOMES, URGENCIES, Finding, KnowledgeBase

STAGES = ("complaint", "safety", "history", "tests", "beliefs")
TITLES: Mapping[str, str] = MappingProxyType({
    "complaint": "The complaint", "safety": "Asked about serious conditions", "history": "History, and what was tried",
    "tests": "Seen and tested", "beliefs": "Beliefs, mood and questionnaires",
})
_OF_KIND: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys(("about", "symptom", "worse", "eased"), "complaint"), "red_flag": "safety",
    **dict.fromkeys(("injury", "exposure", "imaging", "tried"), "history"),
    **dict.fromkeys(("test", "observation", "neuro", "response"), "tests"), **dict.fromkeys(("belief", "score"), "beliefs"),
})
CHOICES = 5
"""As many as one can weigh at once."""
_RIVAL_LAYERS = ("origin", "impairment", "modulator", "local_diagnosis")
NOTHING = "nothing"
"""The choice that no explanation leads."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several predictions: what it is called, what it stands for, and the conclusion it names, if any."""

    key: str
    text: str
    node: Node | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is asked, the choices in an order that tells nothing, the key of what the program says, and why it says so."""

    what: str
    ask: str
    choices: tuple[Choice, ...]
    ours: str
    why: tuple[str, ...] = ()

    def choice(self, key: str) -> Choice:
        """The choice of that key."""
        return next(one for one in self.choices if one.key == key)


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the case: its title, its answers as lines, and what is to be predicted once they are known."""

    title: str
    lines: tuple[str, ...]
    predictions: tuple[Prediction, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A whole case to learn from, with what the program concludes at the end."""

    case: Case
    found: Inference
    stages: tuple[Stage, ...]


def lesson(case: Case, reasoner: Reasoner) -> Lesson:
    """The stages of a case that have something in them; predictions follow the last stage that tells about them."""
    kb, found = reasoner.kb, reasoner.infer(case)
    parts = {name: _answers_of(name, case, kb) for name in STAGES}
    early = _only(case, [key for name in ("complaint", "safety", "history") for key in parts[name]])
    asked = {"safety": (_urgency(_only(case, [*parts["complaint"], *parts["safety"]]), reasoner),), "history": _next_test(early, reasoner),
             "beliefs": (_outcome(found, kb), *_cause(found, kb))}
    every = (Stage(TITLES[name], _lines(parts[name], kb), asked.get(name, ())) for name in STAGES)
    return Lesson(case, found, tuple(one for one in every if one.lines or one.predictions))


def stage_of(finding: Finding) -> str:
    """The stage in which a finding is shown; whatever must be asked is part of safety."""
    return "safety" if finding.must_ask else _OF_KIND[finding.kind]


def _answers_of(stage: str, case: Case, kb: KnowledgeBase) -> Mapping[Key, Answer]:
    return {key: answer for key, answer in case.answers.items() if stage_of(kb.findings[key[0]]) == stage}


def _only(case: Case, keys: Iterable[Key]) -> Case:
    return replace(case, answers=MappingProxyType({key: case.answers[key] for key in keys}))


def _lines(told: Mapping[Key, Answer], kb: KnowledgeBase) -> tuple[str, ...]:
    """A finding a line, by its title."""
    by_finding: dict[str, list[tuple[str, Answer]]] = {}
    for (name, side), answer in told.items():
        by_finding.setdefault(name, []).append((side, answer))
    return tuple(f"  {kb.findings[name].title}: {answers_text(kb.findings[name], each)}" for name, each in by_finding.items())


def _urgency(so_far: Case, reasoner: Reasoner) -> Prediction:
    """How soon somebody else has to see this person, by what is known when the red flags were asked."""
    kb, found = reasoner.kb, reasoner.infer(so_far)
    choices = tuple(Choice(name, kb.wording.urgency[name]) for name in (*URGENCIES, "none"))
    why = [flag.because for flag in found.red_flags]
    if found.open_red_flags:
        why.append(f"Not answered yet: {'; '.join(kb.findings[name].title for name in found.open_red_flags)}.")
    return Prediction("urgency", "Does anything have to be checked first, and how soon?", choices, found.urgency, tuple(dict.fromkeys(why)))


def _next_test(so_far: Case, reasoner: Reasoner) -> tuple[Prediction, ...]:
    """What would be asked or tested first now; nothing while a referral is pending, or when nothing is worth it."""
    found = reasoner.infer(so_far)
    if found.urgency in ("emergency", "urgent") or found.out_of_scope or not so_far.answers:
        return ()
    best = [one.question for one in reasoner.rank(so_far, found).weighed[:CHOICES]]
    if len(best) < 2:
        return ()
    titled = sorted((reasoner.kb.findings[one.finding].title, one.finding) for one in best)
    choices = tuple(Choice(name, title) for title, name in titled)
    why = (f"Of what is left it is expected to tell most for the time it takes ({reasoner.kb.findings[best[0].finding].minutes:g} min).",)
    return (Prediction("test", "What would you ask or test first now?", choices, best[0].finding, why),)


def _outcome(found: Inference, kb: KnowledgeBase) -> Prediction:
    choices = tuple(Choice(name, kb.wording.outcomes[name]["title"]) for name in OUTCOMES)
    return Prediction("outcome", "What kind of explanation fits best?", choices, found.outcome)


def _cause(found: Inference, kb: KnowledgeBase) -> tuple[Prediction, ...]:
    """What leads: explanations of this person, then conclusions that something speaks for, in order of title; and that nothing does.

    Not asked where there is nothing to choose from.
    """
    told = [Choice(_key(one), _named(one, kb), one.driver or one.cause) for one in found.explanations[:CHOICES]]
    taken = {node[0] for one in found.explanations for node in (one.cause, one.driver) if node}
    others = [Choice(f"{node[0]}.{node[1]}", node_text(node, kb), node) for node in _spoken_for(found, kb) if node[0] not in taken]
    some = sorted([*told, *others][:CHOICES], key=lambda one: (one.text, one.key))
    nothing = Choice(NOTHING, "Nothing leads, or something else has to be checked first")
    ours = _key(found.leading) if found.leading else NOTHING
    return (Prediction("cause", "Which explanation leads?", (*some, nothing), ours),) if some else ()


def _spoken_for(found: Inference, kb: KnowledgeBase) -> Sequence[Node]:
    """Conclusions that could be an explanation and are none here, most spoken for first."""
    fit = [one for one in found.statuses.values() if one.pieces and kb.conclusions[one.node[0]].layer in _RIVAL_LAYERS]
    return [one.node for one in sorted(fit, key=lambda one: (-one.amount, one.node))]


def _key(one: Explanation) -> str:
    return "/".join(f"{name}.{side}" for name, side in _ends(one))


def _named(one: Explanation, kb: KnowledgeBase) -> str:
    return ", through ".join(node_text(node, kb) for node in _ends(one))


def _ends(one: Explanation) -> Iterator[Node]:
    yield one.cause
    if one.driver and one.driver != one.cause:
        yield one.driver
