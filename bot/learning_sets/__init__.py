"""Learning sets and what their members commit to.

`sets` says who is in which, `commitments` what a member will try and how it went, `peers` is what
challenges may ask of both.
"""
