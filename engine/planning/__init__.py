"""Graded exposure: what an activity asks for, what is possible today, the rungs between them, and what comes after a session."""
