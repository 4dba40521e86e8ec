"""The referral letter: one page for the doctor who takes over, urgency first, nothing that was not asked told as a no."""

from reports.letter.building import build_letter
from reports.letter.view import Block, ConcernView, Letter

__all__ = ["Block", "ConcernView", "Letter", "build_letter"]
