"""长时办理: what takes longer than a request may is done beside it, with a bar that tells how far it is.

The work itself is one act like any other: all of it or nothing, whenever it is cut off. Only how far it
is stands outside, in a small file, because the work may hold the database.
"""
