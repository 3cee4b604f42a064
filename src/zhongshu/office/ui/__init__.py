"""The look: style sheets, components as template tags, the frame of a page.

界面：样式、组件、页面框架。
"""
