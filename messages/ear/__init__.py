"""The ear: what people write becomes facts — a command, a day, an amount, the language of a sentence."""
