"""What we think and how sure we are, in plain words, and what is not certain."""

from __future__ import annotations

from engine.result import Explanation
from reports.escaping import Code
from reports.guide.picture import Drawn, picture
from reports.guide.safety import leads_to_the_doctor
from reports.guide.stations import Station, head_of, line_of, plain_title, stations_of
from reports.guide.view import Think, Thought, Unsure
from reports.parts.dossier import Dossier
from reports.parts.drawing import LETTERS

TESTS = 3
NEAR = ("lumbar", "general")
"""Regions in which a driver is no start elsewhere."""


def think(dossier: Dossier) -> Think | None:
    """The accounts of the pain, as far as they may be told; None when a doctor has to look at what leads, and that is told already."""
    words, state = dossier.kb.guide.sentences, dossier.state
    if state == "empty":
        return Think(Code("empty"), (words["nothing_told"].text, words["tell_us"].text), (), (), None)
    shown = _shown(dossier)
    if state == "refer" and leads_to_the_doctor(dossier):
        return None
    drawn = _drawn(shown, dossier)
    lead = [words["not_known"].text] if state == "open" else [words["several"].text] if len(shown) > 1 else []
    return Think(Code(state), tuple(lead), _thoughts(drawn, dossier), tuple(_why(shown, dossier)), picture(drawn, dossier))


def _shown(dossier: Dossier) -> tuple[Explanation, ...]:
    """What leads, with all that is needed to account for the complaints; or what comes nearest."""
    found = dossier.inference
    if dossier.state == "open" or not found.explanations:
        return dossier.nearest
    return tuple(found.explanations[place] for place in found.cover) if dossier.state == "led" and found.cover else found.explanations[:1]


def _drawn(shown: tuple[Explanation, ...], dossier: Dossier) -> tuple[Drawn, ...]:
    """One account with its stations numbered; of several, what would be treated in each, by letter."""
    if len(shown) == 1 and dossier.state != "open":
        return (Drawn(shown[0], stations_of(shown[0], dossier)),)
    heads = {head_of(one): one for one in reversed(shown)}
    first = sorted(heads.values(), key=shown.index)
    return tuple(Drawn(one, (_alone(one, LETTERS[place]),)) for place, one in enumerate(first))


def _alone(one: Explanation, mark: str) -> Station:
    parts = tuple(part for part in one.path if part.node == head_of(one)) or one.path[:1]
    return Station(mark, parts)


def _thoughts(drawn: tuple[Drawn, ...], dossier: Dossier) -> tuple[Thought, ...]:
    """Each account after how sure it is; accounts that are equally sure stand together."""
    groups: dict[str, list[Drawn]] = {}
    for one in drawn:
        groups.setdefault(dossier.kb.guide.certainty[dossier.level(one.account.claim)].driver, []).append(one)
    return tuple(
        Thought(sure, tuple(line_of(station, dossier) for one in listed for station in one.stations), _origin(listed, dossier))
        for sure, listed in groups.items()
    )


def _origin(listed: list[Drawn], dossier: Dossier) -> str:
    """How sure it is what came first, where that is told as a station of its own."""
    one = listed[0].account
    told = len(listed) == 1 and len(listed[0].stations) > 1 and one.origin_claim and one.cause != head_of(one)
    return dossier.kb.guide.certainty[dossier.level(one.origin_claim)].origin if told else ""


def _why(shown: tuple[Explanation, ...], dossier: Dossier) -> list[str]:
    """Why a back can hurt for it: from elsewhere, here, or by what turns pain up."""
    words, state = dossier.kb.guide.sentences, dossier.state
    if state not in ("led", "refer") or not shown:
        return []
    best = shown[0]
    if dossier.kb.conclusions[best.cause[0]].layer == "serious":
        return []
    if best.kind == "nonmechanical":
        return [words["whole_system"].text]
    if best.kind == "local":
        return [words["starts_here"].text]
    far = dossier.kb.conclusions[head_of(best)[0]].region not in NEAR
    return [words["start_elsewhere"].text] if far else []


def unsure(dossier: Dossier) -> Unsure | None:
    """What is not certain, and the tests that would tell."""
    if dossier.state == "empty":
        return None
    words, best = dossier.kb.guide.sentences, dossier.inference.explanations[:1]
    texts: list[str] = []
    for one in best if dossier.state == "led" else ():
        if one.kind == "chain" and len(one.path) > 2:
            texts.append(words["no_whole_chain"].text)
        if one.kind == "chain" and any(link and link.contested for link in (dossier.link(*pair) for pair in one.spine)):
            texts.append(words["studies_disagree"].text)
        if "unstated" in {part.node[1] for part in one.path}:
            texts.append(words["side_not_told"].text)
    made = dossier.inference.plan
    if made.state == "ready" and dossier.state == "led" and any(one.state == "ready" for one in made.programmes):
        texts.append(words["measure_again"].text)
    tests = tuple(dict.fromkeys(plain_title(name, dossier) for name in _next(dossier)))
    return Unsure(tuple(texts), tests) if texts or tests else None


def _next(dossier: Dossier) -> tuple[str, ...]:
    """The tests of what comes first; where nothing does, what is asked next and is no question on serious conditions."""
    tests = tuple(name for one in dossier.nearest[:1] for name in one.next_tests[:TESTS])
    asked = [one.finding for one in dossier.inference.next_questions if not dossier.kb.findings[one.finding].must_ask]
    return tests or (tuple(asked[:TESTS]) if dossier.state == "open" else ())
