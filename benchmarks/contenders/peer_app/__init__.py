"""A Django app with the tables that the Django contenders need."""
