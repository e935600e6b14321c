"""One immutable record per happening, each with its causes; trace files; the answer to "why"."""
