"""Pages that look across apps: what needs me now, what I wait for, what I follow.

案头：跨应用的页面。
"""
