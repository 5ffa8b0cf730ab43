"""Nudges: the messages that the bot starts. What is due, for whom, when; never stored as jobs."""
