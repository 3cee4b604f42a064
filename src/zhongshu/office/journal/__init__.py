"""What was done, written down in the same transaction and sealed so that outsiders can check it.

日志：与办理同一事务写入，封存后外人可以核验。
"""
