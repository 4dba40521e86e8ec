"""Arguments over a recorded inference: what speaks against it, its rivals, what would break it, and another cause beside it."""
