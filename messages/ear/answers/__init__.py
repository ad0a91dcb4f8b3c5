"""Answers: what a customer's reply says, read by rules and words alone."""

from messages.ear.answers.hearing import hear
from messages.ear.answers.quoted import unquoted

__all__ = ["hear", "unquoted"]
