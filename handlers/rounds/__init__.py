"""Rounds: what is fetched from outside by the clock, while the books are closed."""
