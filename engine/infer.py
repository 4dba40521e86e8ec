"""One inference from start to end: safety, evidence, chains, explanations, outcome, advice, plan, next questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.advice import AdviceRun
from engine.case import Case
from engine.chains import ChainRun, step_graph
from engine.evidence import Evidence, EvidenceRun
from engine.explanations import explanations
from engine.field import Field, whole_graph
from engine.gaps import gap_steps, pain_sides_of
from engine.interview import next_questions
from engine.origins import hurting_activities, timing
from engine.outcome import cover, outcome
from engine.plan import make_plan
from engine.questions import readers_of
from engine.result import Bystander, Explanation, Fired, Inference, Node, Reason, Status, Step
from engine.safety import Safety, of_both_worlds, safety_pass, strained_tests
from engine.suggestions import tests_after
from engine.twins import merge_twins
from engine.valuation import Valuation, valuate
from engine.worlds import better_world
from knowledge.model import KnowledgeBase
from knowledge.sides import LEFT, RIGHT

if TYPE_CHECKING:
    from engine.arguing.variants import Variants
    from engine.asking.adaptive import Explorer
    from engine.asking.ranking import Ranking


class Reasoner:
    """A knowledge base made ready to reason: compile once, infer many times. One for each thread."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb, self.readers = kb, readers_of(kb)
        self._evidence, self._chains, self._advice = EvidenceRun(kb), ChainRun(kb), AdviceRun(kb)
        self._links = {(link.source, link.target): link for link in kb.links}
        self._explorer: Explorer | None = None
        self._variants: Variants | None = None

    def infer(self, case: Case) -> Inference:
        """Everything concluded about a case. The same case gives the same inference, to the byte."""
        if not case.has_unstated:
            valuation = valuate(case, self.kb)
            own = safety_pass(case, valuation, self.kb)
            return self._infer(case, case, valuation, own, own)
        worlds = [case.in_world(side) for side in (LEFT, RIGHT)]
        valuations = [valuate(world, self.kb) for world in worlds]
        passes = [safety_pass(world, valuation, self.kb) for world, valuation in zip(worlds, valuations, strict=True)]
        safety = of_both_worlds(*passes)
        parts = zip(worlds, valuations, passes, strict=True)
        left, right = (self._infer(world, case, valuation, safety, own) for world, valuation, own in parts)
        return better_world(left, right)

    def rank(self, case: Case, found: Inference) -> Ranking:
        """What could be asked next, the best first, for a case and what was concluded about it; a tenth of a second each time."""
        if self._explorer is None:
            self._explorer = _explorer(self)
        return self._explorer.rank(case, found)

    @property
    def variants(self) -> Variants:
        """What would be concluded about a case with other answers; the knowledge is compiled to arrays when first asked."""
        if self._variants is None:
            from engine.arguing.variants import Variants  # arrays take time to load

            self._variants = Variants(self.readers)
        return self._variants

    def _infer(self, case: Case, asked: Case, valuation: Valuation, safety: Safety, own: Safety) -> Inference:
        """One world: `safety` holds the flags of every world, `own` those of this one."""
        evidence = self._evidence.run(valuation)
        field = self._field(case, valuation, evidence, safety, own)
        found = merge_twins(explanations(field))
        result, margin = outcome(found, safety.urgency, self.kb)
        led = found[0] if found and result in ("chain", "local", "nonmechanical") else None
        counsel = self._advice.run(valuation, evidence.statuses, result, led)
        bystanders = _bystanders(field, found)
        covering = cover(found, self.kb.scale.lead_min)
        plan = make_plan(case, valuation, self.kb, result, safety, led, [found[one] for one in covering], evidence.claimed)
        return Inference(
            case_id=case.id, version=self.kb.version, sha256=self.kb.sha256, outcome=result, urgency=safety.urgency, red_flags=safety.flags,
            open_red_flags=safety.open_questions, out_of_scope=safety.out_of_scope, cautions=safety.cautions,
            withheld_tests=tuple(sorted(field.unsafe)), explanations=found, margin=margin,
            cover=covering, statuses=evidence.statuses, tried=counsel.tried, advice=counsel.advice,
            bystanders=bystanders, claimed=evidence.claimed, plan=plan,
            next_questions=next_questions(asked, self.kb, field.unsafe, safety.open_questions, found, bystanders),
            assumptions=_assumptions(field, found, asked), valuation=valuation,
            trace=_numbered([*safety.fired, *evidence.fired, *field.chains.fired, *_gap_records(field), *counsel.fired]),
        )

    def _field(self, case: Case, valuation: Valuation, evidence: Evidence, safety: Safety, own: Safety) -> Field:
        pain = pain_sides_of(evidence.statuses, self.kb)
        chains = self._chains.run(evidence.statuses, evidence.claimed, pain)
        gaps = gap_steps(chains.steps, self._chains.graph, evidence.statuses, evidence.claimed, pain, valuation, self.readers)
        return Field(
            case=case, valuation=valuation, statuses=evidence.statuses, claimed=evidence.claimed, chains=chains,
            graph=whole_graph(chains.steps, gaps, evidence.statuses, self.kb), gapless=step_graph(chains.steps),
            hurting=hurting_activities(case, valuation, self.kb), links=self._links, readers=self.readers,
            unsafe=strained_tests(safety.cautions, self.kb),
            routine=tuple(f for f in own.flags if f.urgency == "routine" and self.kb.conclusions[f.condition].urgency == "routine"),
        )


def _explorer(reasoner: Reasoner) -> Explorer:
    from engine.answer_model import AnswerModel  # arrays take time to load, and only an interview needs them
    from engine.asking.adaptive import Explorer

    return Explorer(reasoner.variants.arrays, AnswerModel(reasoner.kb))


def infer(case: Case, kb: KnowledgeBase) -> Inference:
    """A single inference; for more than one, keep a Reasoner."""
    return Reasoner(kb).infer(case)


def _bystanders(field: Field, found: Iterable[Explanation]) -> tuple[Bystander, ...]:
    """Past injuries that head nothing here, each with the tests that would tell."""
    heading = {cause.node for one in found for cause in one.causes}
    heading |= {(name, side) for name, side in heading for side in ((LEFT, RIGHT) if side == "both" else (side,))}
    heading |= {(name, one) for name, side in heading if side == "both" for one in (LEFT, RIGHT)}
    idle = [n for n in field.supported("origin") if not field.of(n).exposure and not field.of(n).background and n not in heading]
    return tuple(Bystander(n, tests_after(n, field), timing(field.statuses[n], field.of(n), field.case, field.kb)) for n in idle)


def _gap_records(field: Field) -> list[Fired]:
    gaps = [Step(u, v, "gap") for u, v in sorted(field.graph.edges) if field.graph.edges[u, v]["how"] == "gap"]
    return [Fired(0, "gap", "GAP", (), (), (f"gap {_at(s.source)} -> {_at(s.target)}",), ()) for s in gaps]


def _at(node: Node) -> str:
    return node[0] if node[1] == "none" else f"{node[0]}.{node[1]}"


def _numbered(fired: Iterable[Fired]) -> tuple[Fired, ...]:
    return tuple(replace(one, seq=index) for index, one in enumerate(fired, start=1))


def _assumptions(field: Field, found: Iterable[Explanation], asked: Case) -> tuple[Reason, ...]:
    """What is taken for granted or not known, and matters to what is concluded."""
    unknown = sorted(key for key, answer in asked.answers.items() if not answer.known)
    out = [Reason("unknown_answer", (("finding", name), ("side", side))) for name, side in unknown]
    if any(side == "unstated" for _, side in asked.answers):
        out.append(Reason("unstated_side"))
    out += [Reason("no_word", (("finding", name), ("side", side))) for name, side in sorted(field.valuation.numbers)
            if "." not in name and field.kb.findings[name].norm and (name, side) not in field.valuation.words]
    causes = [cause for one in found for cause in one.causes]
    unsure = [cause for cause in causes if cause.timing in ("unknown", "together", "between")]
    out += [Reason(f"timing_{cause.timing}", (("node", cause.node[0]),)) for cause in unsure]
    out += [Reason("conflict", (("node", node[0]), ("side", node[1]))) for node, status in _conflicts(field.statuses)]
    return tuple(dict.fromkeys(out))


def _conflicts(statuses: object) -> list[tuple[Node, Status]]:
    assert isinstance(statuses, dict)
    return [(node, status) for node, status in statuses.items() if status.conflict]
