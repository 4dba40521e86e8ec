"""The commands of a consult: a word that stands alone on a line, with an argument for `change` and `save`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from consult.answer_text import item_text, listed
from consult.answering import Shown, answer, go_on, noted, with_draft
from consult.events import Event, without_last_turn
from consult.finding_names import find
from consult.listing import draft, skipped_part
from consult.recording import told, unknown_events
from consult.sentences import news, why_lines
from consult.standing import report
from consult.state import ASKING, ENDED, LEAVING, Dialogue, replayed, wanting_save
from engine.infer import Reasoner
from knowledge.model import UNKNOWN, KnowledgeBase

WHAT_WAS_SAID = {
    "skipped": "left alone", "asked": "asked again", "finished": "the end of the list", "answered": "the last of the list",
    "more": "going on",
}
HELP = (
    "An answer is yes, no, a number, or one of the words; its first letters will do.",
    "  both sides       left 8 right 24   8/24   both no   left yes right unknown",
    "  side not told    unstated yes",
    "  details          left yes years_ago=7 still_bothers=no right no",
    "why                why this is asked, and how it is done",
    "back  or  <        take the last answer back",
    "unknown            asked, and nobody knows; never taken as a no",
    "skip               leave it unasked",
    "more               go on asking when it was enough, or time is up",
    "report             where things stand",
    "list               the answers so far, by name",
    "change FINDING     ask that one again, or one that was not asked",
    "save  or  save FILE",
    "quit               asks to save first when something is not saved",
)


def command_of(line: str, state: Dialogue, kb: KnowledgeBase) -> tuple[str, str]:
    """The command of a line and its argument; nothing when the line is an answer."""
    word, _, rest = line.partition(" ")
    word, rest = ALIASES.get(word.casefold(), word.casefold()), rest.strip()
    is_command = word in COMMANDS and (not rest or word in WITH_ARGUMENT) and not _meant_as_text(word, rest, state, kb)
    return (word, rest) if is_command else ("", "")


def leave(state: Dialogue, line: str, reasoner: Reasoner) -> Shown:
    """The answer to whether to save before the end; anything else asks again."""
    match line.casefold():
        case "yes" | "y" | "save":
            return wanting_save(with_draft(state, reasoner)), ()
        case "no" | "n":
            return replace(state, mode=ENDED), ("The answers were not saved.",)
        case "back" | "<":
            return replace(state, mode=ASKING), ()
        case "report" | "list" as view:
            return COMMANDS[view](state, "", reasoner)
        case _:
            return state, ("Write yes, no, or back.",)


def _why(state: Dialogue, _: str, reasoner: Reasoner) -> Shown:
    return state, why_lines(state.asked, reasoner.kb) if state.asked else ("Nothing is asked now.",)


def _back(state: Dialogue, _: str, reasoner: Reasoner) -> Shown:
    if not state.events:
        return state, ("There is nothing to take back. An answer that came from the file is changed with 'change FINDING'.",)
    last = [one for one in state.events if one.turn == state.events[-1].turn]
    after = replayed(state, without_last_turn(state.events), reasoner)
    return after, (_taken_back(last, state, reasoner.kb), *news(state.found, after.found, reasoner.kb))


def _taken_back(last: list[Event], state: Dialogue, kb: KnowledgeBase) -> str:
    title = kb.findings[last[0].finding].title
    if last[0].what == "part":
        return f"taken back: {item_text(draft(state))}"
    said = noted(tuple(last), kb)
    what = WHAT_WAS_SAID.get(last[0].what, "")
    return said[0].replace("noted", "taken back", 1) if said else f"taken back: {title}: {what}"


def _unknown(state: Dialogue, _: str, reasoner: Reasoner) -> Shown:
    if state.asked is None:
        return answer(state, UNKNOWN, reasoner)
    if reasoner.kb.findings[state.asked.finding].answer.form == "list" and (state.folded.parts or state.folded.items):
        if not state.folded.parts:
            return state, ("Write one more, or an empty line when there are no more.",)
        return answer(state, UNKNOWN, reasoner)
    events = unknown_events(state.asked, state)
    return go_on(state, events, reasoner, noted(events, reasoner.kb))


def _skip(state: Dialogue, _: str, reasoner: Reasoner) -> Shown:
    if state.asked is None:
        return answer(state, "skip", reasoner)
    finding = reasoner.kb.findings[state.asked.finding]
    if finding.answer.form == "list":
        return go_on(state, (skipped_part(finding, state),), reasoner)
    left = () if state.case.answer(finding.id) else (f"left alone: {finding.title}",)
    return go_on(state, (Event(state.turn, "skipped", finding.id),), reasoner, left)


def _more(state: Dialogue, _: str, reasoner: Reasoner) -> Shown:
    would = state.agenda.would
    if would is None:
        return state, ("There is nothing more to ask." if state.asked is None else "The questions go on.",)
    return go_on(state, (Event(state.turn, "more", would.finding),), reasoner)


def _help(state: Dialogue, _: str, __: Reasoner) -> Shown:
    return state, HELP


def _report(state: Dialogue, _: str, reasoner: Reasoner) -> Shown:
    return state, report(state, reasoner.kb)


def _list(state: Dialogue, _: str, reasoner: Reasoner) -> Shown:
    skipped = [name for name in sorted(state.folded.skipped) if name not in {finding for finding, _ in state.case.answers}]
    more = (f"  skipped: {', '.join(skipped)}",) if skipped else ()
    return state, (*listed(state.case, reasoner.kb), *more) or ("Nothing is answered yet.",)


def _change(state: Dialogue, name: str, reasoner: Reasoner) -> Shown:
    finding, problems = find(name, state.case, reasoner.kb)
    if finding is None:
        return state, told(problems)
    return go_on(state, (Event(state.turn, "asked", finding.id),), reasoner)


def _save(state: Dialogue, path: str, _: Reasoner) -> Shown:
    return wanting_save(state, path), ()


def _quit(state: Dialogue, _: str, __: Reasoner) -> Shown:
    return replace(state, mode=LEAVING if state.unsaved else ENDED), ()


def _meant_as_text(word: str, rest: str, state: Dialogue, kb: KnowledgeBase) -> bool:
    """Whether 'change my tyres' is an activity and no command: only where plain words are asked."""
    asks_text = state.asked is not None and kb.findings[state.asked.finding].answer.form == "list" and not state.folded.parts
    if not (asks_text and rest):
        return False
    return not rest.endswith((".yaml", ".yml")) if word == "save" else find(rest, state.case, kb)[0] is None


COMMANDS: dict[str, Callable[[Dialogue, str, Reasoner], Shown]] = {
    "why": _why, "back": _back, "unknown": _unknown, "skip": _skip, "more": _more, "help": _help, "report": _report, "list": _list,
    "change": _change, "save": _save, "quit": _quit,
}
ALIASES = {"?": "help", "<": "back", "exit": "quit"}
WITH_ARGUMENT = ("change", "save")
