"""The reasoning: a case in, an inference out, every step recorded when it happens."""
