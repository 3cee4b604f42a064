"""Faults made on purpose, one harness each, with a control run that must fail. 故障。

Some harnesses are programs of their own: whoever imports this package finds Django set up.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")
django.setup()
