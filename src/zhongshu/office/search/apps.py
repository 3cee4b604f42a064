"""Search. 检索."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class Config(AppConfig):
    """Search. Hears of every matter that is opened and of every step."""

    name = "zhongshu.office.search"
    label = "search"
    verbose_name = "检索"

    def ready(self) -> None:
        """Have the index follow the matters."""
        happenings = "zhongshu.office.matters.happenings"
        listen_to_openings = import_string(f"{happenings}.listen_to_openings")
        listen_to_openings(import_string(f"{self.name}.actions.opened"))
        import_string(f"{happenings}.listen")(import_string(f"{self.name}.actions.stepped"))
