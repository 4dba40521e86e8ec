"""Reading and showing lines: a plain loop for pipes and files, an editing prompt on a terminal.

prompt_toolkit costs a quarter of a second to import and draws menus into pipes, so it is imported on a terminal only.
An end of input is EOFError everywhere and never an answer.
"""

from __future__ import annotations

import io
import os
import shutil
import textwrap
from collections.abc import Callable, Iterable
from typing import TextIO

from consult.sentences import STOP

ReadLine = Callable[[tuple[str, ...]], str]
"""Reads a line; it is given the words that may come next."""

PROMPT = "> "
WIDEST = 100
KEYS = " F1 why   Ctrl-Z back   Tab completes   Ctrl-C quit   ? help "
_BOLD_RED, _PLAIN = "\x1b[1;31m", "\x1b[0m"


def line_reader(stdin: TextIO, stdout: TextIO) -> ReadLine:
    """The editing prompt when both ends are a terminal, else the plain one."""
    for stream in (stdin, stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return _editing_reader(stdin, stdout) if on_terminal(stdin, stdout) else _plain_reader(stdin, stdout)


def on_terminal(*streams: TextIO) -> bool:
    """Whether all of these are a terminal."""
    return all(stream.isatty() for stream in streams)


def show(lines: Iterable[str], stdout: TextIO) -> None:
    """Write the lines, folded to the width of the terminal; what must not be missed is red there."""
    tty = on_terminal(stdout)
    width = min(WIDEST, shutil.get_terminal_size().columns) if tty else WIDEST
    colour = tty and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    for line in lines:
        folded = fold_line(line, width)
        stdout.write(f"{_BOLD_RED}{folded}{_PLAIN}\n" if colour and line.startswith(STOP) else f"{folded}\n")
    stdout.flush()


def fold_line(line: str, width: int) -> str:
    """A long line on several, the further ones a little further in, so that they are not taken for lines of their own."""
    if len(line) <= width:
        return line
    text = line.lstrip()
    indent = " " * (len(line) - len(text))
    further = indent if line.startswith("   ") else f"{indent}  "
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)


def _plain_reader(stdin: TextIO, stdout: TextIO) -> ReadLine:
    echo = not stdin.isatty()

    def read(_: tuple[str, ...]) -> str:
        stdout.write(PROMPT)
        stdout.flush()
        line = stdin.readline()
        if echo or not line:
            stdout.write(line.rstrip("\n") + "\n")
        if not line:
            raise EOFError
        return line

    return read


def _editing_reader(stdin: TextIO, stdout: TextIO) -> ReadLine:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import DummyHistory
    from prompt_toolkit.input import create_input
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.output import create_output
    from prompt_toolkit.shortcuts import CompleteStyle

    keys = KeyBindings()
    for key, command in (("f1", "why"), ("c-z", "back"), ("c-c", "quit")):
        keys.add(key)(lambda event, command=command: event.app.exit(result=command))
    session: PromptSession[str] = PromptSession(
        history=DummyHistory(), key_bindings=keys, input=create_input(stdin), output=create_output(stdout), complete_while_typing=False,
        complete_style=CompleteStyle.READLINE_LIKE, bottom_toolbar=KEYS,
    )
    return lambda words: session.prompt(PROMPT, completer=WordCompleter(list(words), ignore_case=True))
