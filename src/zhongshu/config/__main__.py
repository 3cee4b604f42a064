"""`python -m zhongshu.config`: the command, for those who have no script on their path."""

from zhongshu.config.cli import main

if __name__ == "__main__":
    main(prog_name="zhongshu")
