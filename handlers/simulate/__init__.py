"""`als simulate`: months of a made-up network on the real code, with a clock that is told.

people      who they are, and what each of them did
world       sets, sessions and people on a throw-away database
channel     fake providers: what reached whom, and when
behaviour   what people do when something reaches them
organising  what facilitators do with sessions
plan        what was due: the planner's own output as it first appeared
run         the loop: from one moment to the next
rest        when somebody wants to be left in peace, read independently of the bot
chances     when a nudge could first have gone, read independently of the bot
check       counts what went right and wrong, from the plan and from what reached people
report      the counts as JSON and as a table
"""
