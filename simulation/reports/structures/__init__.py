"""An alert structure in words and as a picture."""
