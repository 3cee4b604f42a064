"""Shapes of what is typed about incoming documents. 收文的表单."""
