"""A definition as text: reading and writing the TOML format. 定义文件."""
