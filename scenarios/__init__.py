"""The scenarios and the map that come with the package."""
