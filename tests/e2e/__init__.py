"""Purr as a real process against stand-ins that others wrote: `python -m tests.e2e`."""
