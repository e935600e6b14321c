"""Residents and suspects: who they are, where they are, how they move, what they know."""
