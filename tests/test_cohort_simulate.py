"""Synthetic people: the same from the same seed, readable to the last cell, and like what they were drawn from."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pytest

from engine.cohort.batch import Batch
from engine.cohort.derive import derive
from engine.cohort.people import conclude
from engine.cohort.run import ArrayEvaluator
from engine.cohort.simulate import BLOCK, Columns, Simulator, simulate
from engine.cohort.synthetic_truth import TruthDrawer
from engine.cohort.synthetic_words import misread
from engine.cohort.table import PLAIN, Encoded, read_block, read_columns
from knowledge.model import Reliability
from knowledge.sides import BODY, target_sides
from tests.making import finding
from tests.shipped import reasoner
from tests.tiny_pack import tiny

N = 5000


@cache
def simulator() -> Simulator:
    return Simulator(reasoner().kb)


@cache
def people() -> Columns:
    return simulator().people(N, seed=7)


@cache
def arrays() -> ArrayEvaluator:
    return ArrayEvaluator(reasoner().kb, reasoner().readers)


@cache
def batch() -> Batch:
    columns, wrong = read_columns(people(), arrays().layout)
    assert wrong == []
    block = read_block(columns, people(), N, arrays().layout)
    assert block.errors == {}
    return block.stated


def cells(name: str, columns: Columns | None = None) -> list[object]:
    found: list[object] = (columns or people())[name].values().tolist()
    return found


def test_every_cell_of_five_thousand_people_can_be_read() -> None:
    assert batch().n == N


@pytest.mark.parametrize(
    ("n", "start"),
    [pytest.param(0, 3, id="nobody"), pytest.param(40, 0, id="the first"), pytest.param(60, BLOCK - 30, id="across two blocks")],
)
def test_a_person_is_the_same_in_whatever_portion_they_are_drawn(n: int, start: int) -> None:
    portion = simulator().people(n, 7, start)
    whole = simulator().people(n // 2, 7, start), simulator().people(n - n // 2, 7, start + n // 2)
    assert {name: cells(name, portion) for name in portion} == {name: [*cells(name, whole[0]), *cells(name, whole[1])] for name in portion}


def test_another_seed_draws_other_people_and_the_same_seed_the_same() -> None:
    first, again, other = simulate(reasoner().kb, 30, 7), people(), simulator().people(30, 2)
    again = {name: Encoded(column.distinct, column.index[:30]) for name, column in again.items()}
    assert {name: cells(name, first) for name in first} == {name: cells(name, again) for name in first}
    assert cells("true_cause", first) != cells("true_cause", other)


def test_numbers_become_the_word_they_were_drawn_for_where_nothing_is_measured() -> None:
    kb, drawn = reasoner().kb, simulator()._block(7, 0)
    numbers, words = drawn.steps["fabq_pa", "none"], drawn.words["fabq_pa", "none"]
    given = numbers >= 0
    assert given.sum() > 500
    assert np.array_equal(np.where(numbers > 14, 2, 1)[given], words[given])
    assert kb.findings["fabq_pa"].bands[0].text == "<= 14"


def test_norms_by_age_and_sex_are_respected() -> None:
    codes = derive(batch(), arrays().layout).codes["heel_rise", "left"]
    truth = simulator()._block(7, 0).words["heel_rise", "left"][:N]
    both = (codes > 0) & (truth > 0)
    assert both.sum() > 500
    assert np.mean(codes[both] == truth[both]) > 0.75  # the rest is error of measurement
    whole = [one for one in people()["heel_rise.left"].distinct if not isinstance(one, str) and one is not None]
    assert all(isinstance(one, int) for one in whole)


def test_chains_go_along_links_and_end_where_it_hurts() -> None:
    kb, truth = reasoner().kb, TruthDrawer(reasoner().kb).draw(np.random.default_rng(3), 4000)
    onward = {one.source: [link for link in kb.links if link.source == one.source and not link.feedback] for one in kb.links}
    arrives = [(node, has) for node, has in truth.walked.items() if not onward.get(node[0])]
    for (name, side), has in truth.walked.items():
        fed = truth.caused((name, side)).copy()
        for link in (one for one in kb.links if one.target == name and not one.feedback):
            for own in (*BODY, "none"):
                if side in target_sides(own, link.side, kb.conclusions[name].per_side):
                    fed |= truth.walked.get((link.source, own), False)
        assert not np.any(has & ~fed), name
    chains = truth.kind == truth.kinds.index("chain")
    hurts_itself = ("presentation", "local_diagnosis")
    ended = np.any([has for node, has in arrives if kb.conclusions[node[0]].layer in hurts_itself], axis=0)
    assert np.all(ended[chains])


def test_kinds_are_drawn_by_their_shares_and_side_goes_with_the_cause() -> None:
    kb = reasoner().kb
    counts = Counter(cells("true_kind"))
    for kind, share in kb.simulation.drawing.kinds.items():
        assert counts[kind] / N == pytest.approx(share, abs=0.03)
    for name, side in set(zip(cells("true_cause"), cells("true_side"), strict=True)):
        assert (side in BODY) == kb.conclusions[str(name)].per_side


def test_what_is_asked_of_women_only_is_asked_of_nobody_else() -> None:
    drawn = simulator()._block(7, 0)
    women = drawn.truth.sex == drawn.truth.sexes.index("female")
    for name in reasoner().kb.simulation.asking.only["female"]:
        assert not np.any((drawn.words[name, "none"] != 0) & ~women)
        assert np.any(drawn.words[name, "none"] != 0)
    pregnancies = drawn.truth.held["earlier_pregnancy", "none"]
    assert not np.any(pregnancies & ~women)


def test_an_origin_that_matters_came_before_the_pain() -> None:
    columns = people()
    causes = enumerate(zip(cells("true_cause"), cells("true_side"), strict=True))
    rows = [at for at, cause in causes if cause == ("old_ankle_sprain", "left")]
    ago, months = columns["ankle_sprain.left.years_ago"].values(), columns["pain_months"].values()
    told = [(ago[at], months[at]) for at in rows if ago[at] is not None and isinstance(months[at], int | float)]
    assert len(told) > 20
    assert np.mean([years >= month / 12 for years, month in told]) > 0.95


def test_red_flags_are_mostly_no_unless_the_condition_is_serious() -> None:
    serious = np.array(cells("true_kind")) == "referral"
    yes = np.array([one == "yes" for one in cells("fever")])
    assert np.mean(yes[~serious]) < 0.01 < np.mean(yes[serious])


@pytest.mark.parametrize(
    ("kappa", "guesses"), [pytest.param("", 0.0, id="no agreement is stated"), pytest.param("kappa 0.81", 0.1, id="published agreement")],
)
def test_two_readers_agree_as_published(kappa: str, guesses: float) -> None:
    one = finding("sign", reliability=Reliability(None, kappa, ()))
    kb = reasoner().kb
    expected = guesses if kappa else 1 - kb.simulation.asking.kappa["test"] ** 0.5
    assert misread(one, kb) == pytest.approx(expected)


def test_people_of_another_pack_can_be_drawn_too() -> None:
    columns = simulate(tiny(), 200, 1)
    assert len(cells("case", columns)) == 200
    assert set(cells("true_kind", columns)) <= {"chain", "local", "nonmechanical", "referral", "undetermined"}


def test_the_engine_concludes_about_them_without_an_error() -> None:
    few = {name: Encoded(column.distinct, column.index[:300]) for name, column in people().items()}
    out = conclude(arrays(), read_columns(few, arrays().layout)[0], few, 300)
    assert set(out["error"].tolist()) == {None}
    assert set(PLAIN) <= set(out)
    assert len(set(out["outcome"].tolist())) >= 4
