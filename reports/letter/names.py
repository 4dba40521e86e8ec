"""Names as doctors use them, where the knowledge has some."""

from __future__ import annotations

from dataclasses import dataclass

from reports.naming import Names


@dataclass(frozen=True, slots=True)
class DoctorNames(Names):
    """Titles of conclusions in medical terms."""

    def conclusion(self, name: str) -> str:
        """The medical name of a conclusion; its title when there is none."""
        known = self.kb.conclusions.get(name)
        return known.medical if known and known.medical else Names.conclusion(self, name)
