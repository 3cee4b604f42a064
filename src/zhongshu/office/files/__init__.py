"""Papers as bytes, kept under their digest and looked at only through a jail.

文件：按内容摘要存放，只在隔离的子进程里解析。
"""
