"""Messages, groups and the telephone: they know addresses, not people."""
