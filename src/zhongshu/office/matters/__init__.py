"""The spine: every matter, its number, its flow, who has something to do, who may see it.

事项：编号、流转、待办待阅、可见范围。
"""
