"""Changing an unfinished process: pure functions from plain tables to plain tables.

`document` looks into the tables; `settings` lists what a form may set, `values` how. `steps`,
`formfields`, `seats`, `edges` and `conditions` change one thing each, and `verbs` is what a whole
form comes to. Nothing here knows requests or the database.
"""
