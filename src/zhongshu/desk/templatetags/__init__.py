"""Template tags of the desk. 案头的模板标签."""
