"""What comes before everything else, what a doctor should see, and when to get help."""

from __future__ import annotations

from collections.abc import Iterable

from engine.result import Flag
from reports.escaping import Code
from reports.guide.view import Help, Now, Texts
from reports.parts.dossier import Dossier
from reports.phrases import word

STOPPING = ("emergency", "urgent")
TOLD, NETS = 8, 3
"""As many answers as someone at a desk can read at once; as many things to mind on the way, one for a condition."""


def now(dossier: Dossier) -> Now | None:
    """What has to be done first; None when nothing stops the rest."""
    if dossier.state != "stop":
        return None
    words, found = dossier.kb.guide.sentences, dossier.inference
    flags = [flag for flag in found.red_flags if flag.urgency in STOPPING]
    urgency = found.urgency if flags else "scope"
    return Now(
        urgency=Code(urgency), title=word("guide_now", urgency), lead=words[urgency].text,
        texts=tuple(dict.fromkeys(_texts(flags, dossier))), no_exercises=words["no_exercises"].text,
        show=words["show_this"].text if flags else "", told=_told(flags, dossier) if flags else (),
    )


def _texts(flags: list[Flag], dossier: Dossier) -> Iterable[str]:
    """What may be wrong and what to mind on the way, the gravest first; then why the guide is not for this person."""
    words = dossier.kb.guide.sentences
    graver = [flag for flag in flags if flag.urgency == dossier.inference.urgency]
    for flag in graver:
        yield from _plain(flag, dossier)
    if flags:
        yield words["check_first"].text
    nets = {flag.condition: flag.safety_net for flag in reversed(graver) if flag.safety_net}
    yield from list(dict.fromkeys(reversed(nets.values())))[:NETS]
    for flag in dossier.inference.out_of_scope:
        yield words["scope"].text
        rule = dossier.names.rule(flag.rule)
        yield (rule.plain if rule else "") or flag.because


def _plain(flag: Flag, dossier: Dossier) -> Iterable[str]:
    """The plain words of a condition, where they ask for as much haste as this flag does and no more."""
    known = dossier.kb.conclusions.get(flag.condition)
    if known and known.plain and known.urgency == flag.urgency:
        yield known.plain


def _told(flags: Iterable[Flag], dossier: Dossier) -> Texts:
    """The answers that raised the flags, as they were given."""
    rules = {flag.rule for flag in flags}
    read = [(one.subject, one.side) for fired in dossier.inference.trace if fired.rule.partition("/")[0] in rules
            for one in fired.matched if one.part != "none" and one.subject.partition(".")[0] in dossier.kb.findings
            and dossier.names.counts(one, fired.rule.partition("/")[0])]
    answered = [one for one in dict.fromkeys(read) if dossier.inference.valuation.look(*one)]
    return dossier.names.reads(answered)[:TOLD]


def doctor(dossier: Dossier) -> Texts:
    """What a doctor should look at, while the rest may go on; what leads is told with how sure it is."""
    flags = [flag for flag in dossier.inference.red_flags if flag.urgency == "routine"]
    words, best = dossier.kb.guide, dossier.inference.leading
    leads = best is not None and leads_to_the_doctor(dossier)
    first = [words.certainty[dossier.level(best.claim)].driver] if best and leads else [words.sentences["check_first"].text]
    plain = [text for flag in flags for text in _plain(flag, dossier)]
    return tuple(dict.fromkeys([*first, *plain, words.sentences["routine"].text])) if flags else ()


def leads_to_the_doctor(dossier: Dossier) -> bool:
    """Whether what leads is a condition that a doctor has to look at, told by its flag."""
    best, flags = dossier.inference.leading, dossier.inference.red_flags
    return best is not None and any(flag.condition == best.cause[0] and flag.urgency == "routine" for flag in flags)


def help_signs(dossier: Dossier) -> Help:
    """When to get help: for everybody, and by the flags of this person that did not stop the rest."""
    guide = dossier.kb.guide
    quiet = [flag for flag in dossier.inference.red_flags if flag.urgency not in STOPPING]
    yours = tuple(dict.fromkeys(flag.safety_net for flag in quiet if flag.safety_net))
    return Help(guide.call, tuple(one.text for one in guide.now), tuple(one.text for one in guide.soon), yours)
