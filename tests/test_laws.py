"""Laws of every knowledge base: each is broken by a planted fault, cut down to its smallest case and told in exact words.

What an author can still write is a pack in tests/bad_laws, laid over tests/tiny. Where the language makes a breach impossible
(order, irrelevance, unknown), the fault is planted in a reasoner that stands in for ours. After a change of a message run
`pytest --update-golden tests/test_laws.py` and read the diff as the author who gets it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from consult.case_writing import case_text
from engine.case import Answer, Case
from engine.case_reading import read_case_text
from engine.infer import Reasoner
from engine.laws import LAWS, Law, People, Verdict, random_people, try_laws
from engine.laws.cutting import fewest_answers
from engine.laws.irrelevance import unread_details, unread_findings
from engine.laws.people import HERE, cleared, side_words
from engine.result import Inference
from knowledge import KnowledgeBase, load
from reports.laws_text import laws_text
from tests.conftest import Golden
from tests.making import base, case, conclusion, finding, rule, when
from tests.shipped import reasoner
from tests.tiny_pack import TINY

BAD = Path(__file__).parent / "bad_laws"
PACKS = sorted(path.name for path in BAD.iterdir() if path.is_dir())
BY_ID = {law.id: law for law in LAWS}
PEOPLE, SEED = 16, 1


@dataclass(frozen=True)
class StandIn:
    """A reasoner whose answer is spoiled."""

    real: Reasoner
    spoil: Callable[[Case, Reasoner], Inference]

    @property
    def kb(self) -> KnowledgeBase:
        return self.real.kb

    def infer(self, case: Case) -> Inference:
        return self.spoil(case, self.real)


@cache
def tiny() -> Reasoner:
    return Reasoner(load(base=TINY))


def verdict(law: Law, thinker: Reasoner | StandIn, first: str = "nowhere") -> Verdict:
    """One law on a few random people and on one for each rule of the added pack."""
    people = People(thinker.kb)
    added = [rule for rule in thinker.kb.rules if rule.place.file.startswith(f"{first}/")]
    (found,) = try_laws([law], thinker, random_people(people, PEOPLE + len(added), SEED, added), people, SEED)
    return found


class TestQuiet:
    @pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
    def test_holds_on_the_tiny_pack_and_was_tried(self, law: Law) -> None:
        found = verdict(law, tiny())
        assert found.held, laws_text([found], case_text)
        assert found.tried >= (1 if law.once else 5)

    def test_plans_are_reached_by_the_people_of_the_plan_law(self) -> None:
        people, law = People(tiny().kb), BY_ID["plan"]
        trials = [(one, law.trial(one, people, Random(one.id))) for one in random_people(people, 40, SEED)]
        assert sum(tiny().infer(trial.ready(one)).plan.state == "ready" for one, trial in trials if trial) >= 5


class TestWhatAnAuthorCanBreak:
    @pytest.mark.parametrize("name", PACKS)
    def test_is_told_with_its_smallest_case_in_these_words(self, name: str, golden: Golden) -> None:
        found = verdict(BY_ID[name.split("-")[0]], Reasoner(load([BAD / name], TINY)), name)
        golden(laws_text([found], case_text) + "\n", BAD / f"{name}.txt")
        assert not found.held

    def test_no_text_is_without_its_pack(self) -> None:
        assert sorted(path.stem for path in BAD.glob("*.txt")) == sorted([*PACKS, *(f"stand-in-{one}" for one in SPOILED)])

    def test_the_smallest_case_reads_as_a_case(self) -> None:
        kb = load([BAD / "safety"], TINY)
        broken = verdict(BY_ID["safety"], Reasoner(kb), "safety").broken
        assert broken
        assert set(read_case_text(case_text(broken.case), "smallest.yaml", kb).answers) == set(broken.case.answers)


def in_order_told(case: Case, real: Reasoner) -> Inference:
    """Asks next in an order that follows the first answer."""
    found = real.infer(case)
    return replace(found, next_questions=found.next_questions[::-1]) if next(iter(case.answers), "") > ("n", "") else found


def reads_the_unread(case: Case, real: Reasoner) -> Inference:
    """Takes a place of pain that no rule reads for a reason to refer."""
    found = real.infer(case)
    return replace(found, urgency="watch") if case.answer("pain_where") else found


def unknown_as_no(case: Case, real: Reasoner) -> Inference:
    """Takes unknown for no wherever a question can be answered with no."""
    denied = {key: replace(one, value="no") for key, one in case.answers.items()
              if not one.known and "no" in real.kb.findings[key[0]].words}
    return real.infer(case.with_answers(denied))


def blind_to_time(case: Case, real: Reasoner) -> Inference:
    """Does not know when anything happened."""
    return real.infer(replace(case, answers={key: replace(one, details={}) for key, one in case.answers.items()}))


def knows_the_left_alone(case: Case, real: Reasoner) -> Inference:
    """Does not look at the right ankle."""
    return real.infer(replace(case, answers={key: one for key, one in case.answers.items() if key != ("ankle_sprain", "right")}))


def plans_at_once(case: Case, real: Reasoner) -> Inference:
    """Gives a plan whatever is open."""
    found = real.infer(case)
    return replace(found, plan=replace(found.plan, state="ready"))


def believes_anyone(case: Case, real: Reasoner) -> Inference:
    """Finds fear in everyone."""
    found = real.infer(case)
    afraid = {node: replace(one, state="supported") if node[0] == "fear" else one for node, one in found.statuses.items()}
    return replace(found, statuses=afraid)


def proposes_whatever_hurts(case: Case, real: Reasoner) -> Inference:
    """Proposes heel rises to everyone, however much it hurts."""
    found = real.infer(case)
    return replace(found, explanations=tuple(replace(one, next_tests=("heel_rise",)) for one in found.explanations))


SPOILED = {
    "mirror": knows_the_left_alone, "order": in_order_told, "irrelevance": reads_the_unread, "time": blind_to_time,
    "silence": believes_anyone, "unknown": unknown_as_no, "safety": plans_at_once, "plan": proposes_whatever_hurts,
}


class TestStandIns:
    """Every law can fail: a reasoner with a fault in it breaks each."""

    @pytest.mark.parametrize("name", SPOILED)
    def test_is_caught_with_its_smallest_case_in_these_words(self, name: str, golden: Golden) -> None:
        found = verdict(BY_ID[name], StandIn(tiny(), SPOILED[name]))
        golden(laws_text([found], case_text) + "\n", BAD / f"stand-in-{name}.txt")
        assert not found.held

    def test_no_law_lacks_one(self) -> None:
        assert set(SPOILED) == set(BY_ID)


class TestPeople:
    def test_the_same_seed_gives_the_same_people_and_another_gives_others(self) -> None:
        people = People(tiny().kb)
        assert list(random_people(people, 5, 1)) == list(random_people(People(tiny().kb), 5, 1))
        assert list(random_people(people, 5, 1)) != list(random_people(people, 5, 2))

    def test_are_made_of_knowledge_without_links_or_examples_too(self) -> None:
        kb = base([finding("f")], [conclusion("b")], [rule("R1", when("f none is yes"), "shows b")])
        assert [set(one.answers) <= {("f", "none")} for one in random_people(People(kb), 5, SEED)] == [True] * 5

    def test_a_first_rule_fires_on_its_person(self) -> None:
        first = tiny().kb.rules_of("flags")[0]
        (person,) = random_people(People(tiny().kb), 1, SEED, [first])
        assert first.id in {flag.rule for flag in tiny().infer(person).red_flags}

    def test_findings_that_answer_with_a_side_are_known(self) -> None:
        assert side_words(tiny().kb) == {"pain_side"}


class TestCutting:
    def test_leaves_only_what_is_needed(self) -> None:
        about = Case("x", {(name, "none"): Answer("yes", {"a": "1", "b": "2"}, HERE) for name in "abcdefgh"})
        wanted = {("c", "none"), ("g", "none")}
        few = fewest_answers(about, lambda one: wanted <= {*one.answers} and "a" in one.answers["c", "none"].details)
        assert {key: dict(one.details) for key, one in few.answers.items()} == {("c", "none"): {"a": "1"}, ("g", "none"): {}}


class TestUnread:
    def test_there_is_something_that_nothing_reads(self) -> None:
        kb = reasoner().kb
        read = {leaf.subject for one in kb.rules for leaf in one.when.leaves}
        assert unread_findings(kb)
        assert len(unread_details(kb)) > 50
        assert [name for name in unread_details(kb) if ".".join(name) in read] == []


class TestMustAskWithSides:
    """Found by the law 'unknown': unknown on one side closed the question for both."""

    @pytest.mark.parametrize(
        ("told", "is_open"),
        [
            pytest.param({"left": "no", "right": "no"}, False, id="denied on both sides"),
            pytest.param({"left": "no"}, False, id="denied on the side that was asked"),
            pytest.param({"left": "no", "right": "unknown"}, True, id="denied on one side, unknown on the other"),
            pytest.param({"left": "unknown", "right": "unknown"}, True, id="unknown on both"),
        ],
    )
    def test_is_open(self, told: dict[str, str], is_open: bool) -> None:
        kb = _with_foot_drop()
        found = Reasoner(kb).infer(case(foot_drop=told))
        assert ("foot_drop" in found.open_red_flags) is is_open

    def test_denying_every_must_ask_closes_them(self) -> None:
        kb = _with_foot_drop()
        assert Reasoner(kb).infer(cleared(case(), kb)).open_red_flags == ()


@cache
def _with_foot_drop() -> KnowledgeBase:
    kb = tiny().kb
    foot_drop = replace(finding("foot_drop", sided=True), kind="red_flag", must_ask=kb.findings["saddle_numbness"].must_ask)
    return replace(kb, findings={**kb.findings, "foot_drop": foot_drop})
