"""A consult at a terminal, or on lines from a pipe: asks, reads, shows, and writes the case file.

Whatever ends it (the end of the input, a closed window, a broken pipe), answers that were given are written first.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TextIO

from consult.answering import with_draft
from consult.asking import question, words
from consult.case_writing import case_text
from consult.dialogue import not_saved, saved, start, step
from consult.lines import line_reader, show
from consult.saving import keep_aside, reason, why_not_writable, write_case
from consult.sentences import STOPS
from consult.state import ENDED, Dialogue
from engine.case import Case
from engine.infer import Reasoner
from knowledge.problems import counted

DONE, PROBLEMS, REFERRAL = 0, 1, 3


def run_consult(
    reasoner: Reasoner, case: Case | None, output: Path, stdin: TextIO, stdout: TextIO, minutes: float | None = None,
) -> int:
    """Hold a consult and return the exit code: 3 when it ends with an emergency or urgent flag, 1 when it could not be saved."""
    wrong = why_not_writable(output)
    if wrong:
        show((wrong,), stdout)
        return PROBLEMS
    desk = _Desk(reasoner, stdout, _files_of(case))
    with _closing_is_end_of_input():
        return desk.talk(*start(case or Case(output.stem, {}), str(output), reasoner, minutes), stdin)


class _Desk:
    """Where the consult is held: the only thing here that changes is which files are its own."""

    def __init__(self, reasoner: Reasoner, stdout: TextIO, own: set[Path]) -> None:
        self.reasoner, self.stdout, self.own = reasoner, stdout, own

    def talk(self, state: Dialogue, lines: tuple[str, ...], stdin: TextIO) -> int:
        """Line after line until the end; an end that nobody asked for saves first."""
        try:
            read = line_reader(stdin, self.stdout)
            while True:
                show(lines, self.stdout)
                state = self._kept(state)
                if state.mode == ENDED:
                    return _exit_code(state)
                show(question(state, self.reasoner.kb), self.stdout)
                state, lines = step(state, read(words(state, self.reasoner.kb)), self.reasoner)
        except (EOFError, KeyboardInterrupt, OSError):
            return self._rescued(state)
        except BaseException:
            self._rescued(state)
            raise

    def _kept(self, state: Dialogue) -> Dialogue:
        if not state.wants_save:
            return state
        try:
            show(self._write(state), self.stdout)
        except OSError as error:
            show((f"{state.output} cannot be written: {reason(error)}. 'save FILE' saves somewhere else.",), self.stdout)
            return not_saved(state)
        return saved(state)

    def _rescued(self, state: Dialogue) -> int:
        """The case on disk, or, when that fails, on the stream. A stream that is gone keeps nothing from being saved."""
        state = with_draft(state, self.reasoner)
        try:
            lines, code = self._write(state) if state.unsaved else (), _exit_code(state)
        except OSError as error:
            lines = (f"{state.output} cannot be written: {reason(error)}. The case is:", *case_text(state.case).splitlines())
            code = PROBLEMS
        with contextlib.suppress(OSError, ValueError):
            show(("The input ended.", *lines), self.stdout)
        return code

    def _write(self, state: Dialogue) -> tuple[str, ...]:
        path = Path(state.output)
        aside = None if path.resolve() in self.own else keep_aside(path)
        write_case(path, case_text(state.case))
        self.own.add(path.resolve())
        told = (f"The file that was there is kept as {aside}.",) if aside else ()
        return (*told, f"Saved: {path.resolve()} ({counted(len({name for name, _ in state.case.answers}), 'finding')})")


def _files_of(case: Case | None) -> set[Path]:
    """The files a case was read from; it may be written back to them."""
    return {Path(answer.place.file).resolve() for answer in case.answers.values()} if case else set()


def _exit_code(state: Dialogue) -> int:
    return REFERRAL if state.found.urgency in STOPS else DONE


@contextlib.contextmanager
def _closing_is_end_of_input() -> Iterator[None]:
    """A window that is closed, or a polite kill, ends the input; it does not end the program with answers unsaved."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signals = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    before = {one: signal.signal(one, _end_of_input) for one in signals}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _end_of_input(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise EOFError
