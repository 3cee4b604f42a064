"""The services every app stands on: people, files, journal, matters, notices, search, the look.

办公室的公用部分：人员、文件、日志、事项、通知、检索、界面。
"""
