"""The pages of people and of sign-in. 页面."""
