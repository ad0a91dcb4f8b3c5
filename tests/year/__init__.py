"""A year of which all is known beforehand, and Purr led through it: see docs/replay.md."""
