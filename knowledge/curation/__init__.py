"""Curation: drafts, changes that can be read and undone, merges, and what is due for review.

Whoever acts is named by a token (`by`, up to 64 characters) that means nothing on this floor. Every
verb holds the knowledge until commit (`knowledge.state`), so two at once come one after the other,
and the second sees what the first did.
"""
