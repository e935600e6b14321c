"""A comparison of structures: the answer in words, and its page."""
