"""The verbs of the office: for each a check that gives every reason, and what it does. 动词表."""
