"""The page of a matter and the press of its buttons: its sheet, its verbs, their forms.

办理：一件事项的处理单，可做的动作和要填的内容。
"""
