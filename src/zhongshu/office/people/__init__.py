"""Who is who: units, posts, persons, appointments, stand-ins, leave, accounts.

人员：部门、岗位、人、任职、AB 角、请假、账号。
"""
