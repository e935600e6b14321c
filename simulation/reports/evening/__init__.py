"""The page of an evening, and its pictures for documents."""
