"""Challenges: officers help each other under pseudonyms, and nobody else can tell who they are.

`models` are the tables, `gate` the one way to them, and each verb stands in its noun's file:
`posts` (post, edit), `states` (close, reopen, solve, withdraw), `replies`, `marks`, `followers`,
`reports`, `agreements`. `routing` decides whom to ask and when, `circle` asks them; `notices`
decides who is told what, `telling` tells them; `views` is all that members can read.

Every verb runs in the caller's write transaction. It looks the challenge up and locks it through
the gate, so what it checks is still true when it writes, and what others are told is what happened.
"""
