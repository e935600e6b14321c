"""The alert structure of an evening as data that a page lights up as messages travel."""
