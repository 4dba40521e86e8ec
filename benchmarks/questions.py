"""What the adaptive interview is worth: how long a decision takes, and how many questions synthetic people need until their cause leads.

    python benchmarks/questions.py                 20 people, about five minutes on an idle machine
    python benchmarks/questions.py --people 100 --seed 7

(a) The time of one decision, over the shipped cases cut to their first answers. (b) People are drawn with a cause, a way from it
along the links to the pain, and other things besides; they answer from the answer model. Kept are those whose true cause stands first when
every question is answered: nobody else can be found by asking. Complaint and red flags come first in each order, then: `adaptive`, the
order of the consult; `strategy`, the order of every inference (history, then the next tests of the first explanations), then the rest of
the vocabulary in its order; `fixed`, history and the vocabulary, with no end of time; `random`, all in an order of chance. Told are the
questions and minutes until the explanation that stands first has the true cause (or driver) and keeps it; how often it does at a number of
minutes and of questions; and how right the first explanation is where the stop rule ends the interview.
The people come from the same rules and links by which the cause is found: this compares orders, it says nothing of real people.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.answer_model import AnswerModel
from engine.asking.ranking import Ranking, adaptive_stage
from engine.case import Answer, Case, Key, Value
from engine.case_files import case_files
from engine.case_reading import read_case
from engine.cohort.run import ArrayEvaluator
from engine.infer import Reasoner
from engine.result import Node
from knowledge import load
from knowledge.graph import compensation_graph
from knowledge.model import KnowledgeBase
from knowledge.pack_files import base_folder
from knowledge.problems import Place
from knowledge.sides import BODY, NONE, target_sides

HERE = Place("benchmark")
MINUTES, QUESTIONS = (15, 20, 25, 30, 40, 50), (30, 40, 50, 60, 80, 100)
CAUSES = {"chain": ("origin", "impairment"), "local": ("local_diagnosis",), "nonmechanical": ("modulator",)}
OWN: Mapping[str, Value] = {"activity": "the task", "class": "lift", "psfs": 4.0}
FIRST = ("complaint", "must_ask")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a cause, what leads from it to the pain, and an answer to every question."""

    cause: Node
    held: frozenset[Node]
    answers: Mapping[Key, Answer]


@dataclass(slots=True)
class Course:
    """An interview: minutes after each question, whether the true cause stood first then, and after how many the rule would stop."""

    minutes: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    staged: int = 0
    stopped: int | None = None
    why: str = ""

    def settled(self) -> int | None:
        """The number of questions after which the true cause stands first and stays; None when it does not at the end."""
        if not self.right or not self.right[-1]:
            return None
        wrong = [place for place, right in enumerate(self.right) if not right]
        return wrong[-1] + 2 if wrong else 1


class Drawer:
    """Draws people from the links and the answer model."""

    def __init__(self, kb: KnowledgeBase, noise: float) -> None:
        self.kb, self.model, self.noise = kb, AnswerModel(kb), noise
        self.graph = compensation_graph(kb.links)
        self.pools = {
            kind: [one.id for one in kb.conclusions.values() if one.layer in layers and not (one.background or one.default or one.exposure)
                   and (kind != "chain" or one.id in self.graph) and (one.layer != "impairment" or one.retest)]
            for kind, layers in CAUSES.items()
        }

    def person(self, rng: np.random.Generator) -> Person:
        """Six in ten have a chain, three a local diagnosis, one something that is not mechanical."""
        kind = str(rng.choice(list(CAUSES), p=[0.6, 0.3, 0.1]))
        name = str(rng.choice(self.pools[kind]))
        cause = (name, str(rng.choice(BODY)) if self.kb.conclusions[name].per_side else NONE)
        held = frozenset({*self._way(cause, rng), *self._besides(rng)})
        return Person(cause, held, dict(self._answers(held, rng)))

    def _way(self, cause: Node, rng: np.random.Generator) -> Iterator[Node]:
        """From the cause on one link after another, a second one now and then, to the complaints."""
        waiting, seen = [cause], {cause, ("recurrent_back_pain", NONE), ("own_task_fails", NONE)}
        while waiting:
            node = waiting.pop()
            onward = sorted(self.graph.successors(node[0])) if node[0] in self.graph else []
            inner = [one for one in onward if self.kb.conclusions[one].layer != "presentation"] or onward
            for target in rng.choice(inner, min(len(inner), 1 + int(rng.random() < 0.4)), replace=False) if inner else []:
                sides = target_sides(node[1], self.graph.edges[node[0], target]["link"].side, self.kb.conclusions[target].per_side)
                to = (str(target), str(rng.choice(sides)))
                if to not in seen:
                    seen.add(to)
                    waiting.append(to)
        yield from sorted(seen)

    def _besides(self, rng: np.random.Generator) -> Iterator[Node]:
        """What holds and does not matter: less often than it is common, no second diagnosis and nothing serious."""
        for one in self.kb.conclusions.values():
            for side in BODY if one.per_side else (NONE,):
                if rng.random() < self.model.rate((one.id, side)) * self.noise and one.layer not in ("serious", "local_diagnosis"):
                    yield (one.id, side)

    def _answers(self, held: frozenset[Node], rng: np.random.Generator) -> Iterator[tuple[Key, Answer]]:
        for finding in self.kb.findings.values():
            if finding.answer.form == "list":
                yield (finding.id, NONE), Answer("listed", {}, HERE, (OWN,))
            for side in (BODY if finding.per_side else (NONE,)) if finding.words and not finding.derived else ():
                yield (finding.id, side), Answer(self._word(finding.id, side, held, rng), self._details(finding.id, rng), HERE)

    def _word(self, name: str, side: str, held: frozenset[Node], rng: np.random.Generator) -> str:
        if self.kb.findings[name].must_ask:
            return self.model.quiet(name)
        tested = self.kb.findings[name].tests_node
        if tested:  # the answer model knows no cause of these: a change of what is on the way to the pain helps seven times in ten
            on_way = any(node[0] in tested and side in (node[1], NONE) for node in held)
            return "better" if on_way and rng.random() < 0.7 else "same"
        nodes = self.model.nodes(name, side)
        if not held & set(nodes) and rng.random() >= self.noise and self.kb.findings[name].kind != "about":
            return self.model.quiet(name)
        present = {node: np.array([float(node in held)]) for node in nodes}
        chances = self.model.chances(name, side, present)[0]
        return str(rng.choice(self.model.words(name), p=chances / chances.sum()))

    def _details(self, name: str, rng: np.random.Generator) -> Mapping[str, float]:
        dated = self.kb.findings[name].kind == "injury" and self.kb.findings[name].detail("years_ago")
        return {"years_ago": float(rng.integers(6, 20))} if dated else {}


class Interview:
    """One person asked in one order; which explanation stood first after each question is found out at the end, in one batch."""

    def __init__(self, reasoner: Reasoner, person: Person, most: float) -> None:
        self.reasoner, self.kb, self.person, self.most = reasoner, reasoner.kb, person, most
        self.cases, self.minutes, self.course = [Case("person", {})], 0.0, Course()
        self.found = reasoner.infer(self.case)

    @property
    def case(self) -> Case:
        """The answers so far."""
        return self.cases[-1]

    def ask(self, *names: str, again: bool = True) -> None:
        """Each on both sides at once; then what follows is concluded again."""
        for name in names:
            self.cases.append(self.case.with_answers({key: one for key, one in self.person.answers.items() if key[0] == name}))
            self.minutes += self.kb.findings[name].minutes
            self.course.minutes.append(self.minutes)
        self.found = self.reasoner.infer(self.case) if again else self.found

    def staged(self, codes: Sequence[str]) -> None:
        """What the strategy asks first."""
        while names := [one.finding for one in self.found.next_questions if one.why.code in codes]:
            self.ask(*names)
        self.course.staged = len(self.course.minutes)

    def done(self) -> bool:
        """Whether the time is up."""
        return self.minutes >= self.most

    def closed(self, arrays: ArrayEvaluator) -> Course:
        """The course, with what was right."""
        self.course.right = firsts(self.cases[1:], self.person.cause, arrays)
        return self.course


def firsts(cases: Sequence[Case], cause: Node, arrays: ArrayEvaluator) -> list[bool]:
    """For each case whether the explanation that stands first has the true cause, as its cause or as what is to be treated."""
    ranked, out = arrays.of_cases(cases).ranked, []
    for row in range(len(cases)):
        entry, end = int(ranked.start[row]), int(ranked.start[row + 1])
        out.append(entry < end and cause[0] in (ranked.named(entry)[0], ranked.named(entry, driver=True)[0]))
    return out


def adaptive(one: Interview, _: np.random.Generator) -> None:
    """The order of the consult, beyond the point where the rule stops."""
    one.staged((*FIRST, "history"))
    while not one.done():
        ranking: Ranking = one.reasoner.rank(one.case, one.found)
        stop = ranking.stop()
        if stop and one.course.stopped is None:
            one.course.stopped, one.course.why = len(one.course.minutes), stop.code
        best = ranking.next()
        if best is None:
            return
        one.ask(best.question.finding)


def strategy(one: Interview, _: np.random.Generator) -> None:
    """The order of every inference, then the vocabulary."""
    one.staged((*FIRST, "history"))
    while not one.done():
        names = [each.finding for each in one.found.next_questions] or askable(one)[:1]
        if not names:
            return
        one.ask(names[0])


def fixed(one: Interview, _: np.random.Generator) -> None:
    """The stages, then the vocabulary from end to end, whatever the time."""
    one.staged((*FIRST, "history"))
    one.ask(*askable(one), again=False)


def at_random(one: Interview, rng: np.random.Generator) -> None:
    """An order of chance after complaint and red flags."""
    one.staged(FIRST)
    names = askable(one)
    for name in rng.permutation(names).tolist():
        if one.done():
            return
        one.ask(name, again=False)


def askable(one: Interview) -> list[str]:
    """What is left, in the order of the vocabulary; nothing that would strain this person."""
    told = {name for name, _ in one.case.answers}
    every = dict.fromkeys(name for name, _ in one.person.answers)
    return [name for name in every if name not in told and name not in one.found.withheld_tests]


ORDERS: Mapping[str, Callable[[Interview, np.random.Generator], None]] = {
    "adaptive": adaptive, "strategy": strategy, "fixed": fixed, "random": at_random,
}


def latency(reasoner: Reasoner) -> str:
    """Milliseconds of a decision over shipped cases, cut to their first third, two thirds and all of their answers."""
    kb, times = reasoner.kb, []
    for path in case_files([base_folder()]):
        whole = read_case(path, kb)
        keys = list(whole.answers)
        for part in (1, 2, 3):
            case = Case(whole.id, {key: whole.answers[key] for key in keys[: len(keys) * part // 3]})
            found = reasoner.infer(case)
            before = time.perf_counter()
            reasoner.rank(case, found)
            times.append((time.perf_counter() - before) * 1000)
    middle, most = np.quantile(times[1:], [0.5, 0.95])
    return f"{len(times) - 1} decisions: median {middle:.0f} ms, 95th percentile {most:.0f} ms"


def lines_of(courses: Mapping[str, Sequence[Course]]) -> Iterator[str]:
    """The figures of every order."""
    found = [i for i in range(len(courses["adaptive"])) if courses["adaptive"][i].settled()]
    yield f"medians of the {len(found)} that adaptive finds; where another order does not find them, all that it asked is counted"
    yield f"{'order':10}{'found':>8}{'questions':>11}{'after stages':>14}{'minutes':>9}"
    for name, each in courses.items():
        counts = [each[i].settled() or len(each[i].minutes) for i in found]
        later = [max(0, count - each[i].staged) for count, i in zip(counts, found, strict=True)]
        minutes = [each[i].minutes[count - 1] for count, i in zip(counts, found, strict=True)]
        share = sum(one.settled() is not None for one in each) / len(each)
        yield f"{name:10}{share:8.0%}{np.median(counts):11.0f}{np.median(later):14.0f}{np.median(minutes):9.1f}"
    heads = ["".join(f"{one:>7}" for one in each) for each in (MINUTES, QUESTIONS)]
    yield f"\ntrue cause first at minutes    {heads[0]}   at questions {heads[1]}"
    for name, each in courses.items():
        early = "".join(f"{np.mean([at_minutes(one, minutes) for one in each]):7.0%}" for minutes in MINUTES)
        few = "".join(f"{np.mean([one.right[min(n, len(one.right)) - 1] for one in each]):7.0%}" for n in QUESTIONS)
        yield f"{name:31}{early}{'':16}{few}"
    yield from stopping(courses["adaptive"])


def at_minutes(one: Course, minutes: float) -> bool:
    """Whether the true cause stood first when so many minutes were over."""
    within = [place for place, each in enumerate(one.minutes) if each <= minutes]
    return bool(within) and one.right[within[-1]]


def stopping(each: Sequence[Course]) -> Iterator[str]:
    """Where the rule stops, and how right it is there."""
    ended = [one for one in each if one.stopped]
    if ended:
        right_then = np.mean([one.right[(one.stopped or 1) - 1] for one in ended])
        middle = np.median([one.stopped or 0 for one in ended])
        spent = np.median([one.minutes[(one.stopped or 1) - 1] for one in ended])
        kinds = {code: sum(one.why == code for one in ended) for code in sorted({one.why for one in ended})}
        yield f"\nthe rule stops {len(ended)} of {len(each)} within the time, after {middle:.0f} questions and {spent:.0f} minutes; "\
              f"right then {right_then:.0%}; {kinds}"


def findable(drawer: Drawer, arrays: ArrayEvaluator, people: int, seed: int) -> Iterator[Person]:
    """People whose true cause stands first when every question is answered."""
    number = kept = 0
    while kept < people:
        person = drawer.person(np.random.default_rng([seed, number]))
        number += 1
        if firsts([Case("person", person.answers)], person.cause, arrays)[0]:
            kept += 1
            yield person
    print(f"{people} people; of {number} drawn, {kept / number:.0%} are found when every question is answered\n", flush=True)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0, help="an interview ends here in every order")
    parser.add_argument("--noise", type=float, default=0.2, help="the share of answers by chance, and of what holds besides, that is kept")
    chosen = parser.parse_args()
    reasoner = Reasoner(load())
    assert adaptive_stage(reasoner.kb), "the strategy has no adaptive stage"
    print(latency(reasoner), flush=True)
    arrays, drawer = ArrayEvaluator(reasoner.kb, reasoner.readers), Drawer(reasoner.kb, chosen.noise)
    courses: dict[str, list[Course]] = {name: [] for name in ORDERS}
    for number, person in enumerate(findable(drawer, arrays, chosen.people, chosen.seed)):
        for name, order in ORDERS.items():
            one = Interview(reasoner, person, chosen.minutes)
            order(one, np.random.default_rng([chosen.seed, number, 1]))
            courses[name].append(one.closed(arrays))
    print("\n".join(lines_of(courses)))


if __name__ == "__main__":
    main()
