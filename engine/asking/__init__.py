"""The adaptive part of the interview: which answer would tell most about this person for a minute of the clinician's time."""
