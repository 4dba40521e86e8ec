"""Arguments in a reader's words: what speaks against, rivals side by side, what would break the chain, a cause beside ours."""
