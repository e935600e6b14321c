"""Maps: neighbourhoods read from OpenStreetMap, kept as one pinned file of plain arrays.

Reading a pinned map (`pinned.read_map`) needs numpy and the standard library only; everything else in this room may import
heavy libraries and is loaded by the command that needs it.
"""
