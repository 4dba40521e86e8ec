"""Arguing with a conclusion: what if an answer were other, what would have to change, and which answers it hangs on."""
