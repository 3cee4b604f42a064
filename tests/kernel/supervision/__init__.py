"""The rules of supervision, judged from outside."""
