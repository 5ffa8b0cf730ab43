"""Notice boards: where everybody in a place sees the open challenges of the network.

What is on a board follows from the challenge and from what was last shown: whatever happens to a
challenge, wherever, the next round brings the board up to date.
"""
