"""Nudges: the messages that the bot starts. What is due, for whom, when; never stored as jobs.

sources        what is due, from the facts: sessions, commitments, challenges, entries
planning       all of it for some members, without what is decided already
thermostat     sends, waits or drops: pure rules over a person and a moment
round          plans, decides and queues, some members at a time
record         what became of each nudge: the only thing that is stored
"""
