"""The apps, judged from outside."""
