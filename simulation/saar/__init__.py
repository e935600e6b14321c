"""SAAR: spot, alert, app, respond; pure decisions and one process each."""
