"""A consult as it happens: one question after the other, every answer kept, the case written as a file."""
