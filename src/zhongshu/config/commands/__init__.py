"""Commands that need the house. Each is opened by `zhongshu.config.doors` once Django is set up.

需要整座房子的命令。
"""
