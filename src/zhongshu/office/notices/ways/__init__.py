"""The ways out of the house: mail, one signed webhook, and the duty channel if it is installed.

送出通知的几条路：邮件、签名推送、值班频道。
"""
