"""Dutch and English: texts from catalogues, and numbers and times in words."""
