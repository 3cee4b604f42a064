"""The outermost storey: settings and the `zhongshu` command.

配置与命令: may use everything; nothing may use it.
"""
