"""The guide for the person with the pain: what we think, what to do, when to get help. `build_guide` makes its view."""

from reports.guide.building import NoGuideError, build_guide
from reports.guide.view import Guide

__all__ = ["Guide", "NoGuideError", "build_guide"]
