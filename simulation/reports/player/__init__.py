"""The player: an evening and its map as data that a page shows moment by moment."""
