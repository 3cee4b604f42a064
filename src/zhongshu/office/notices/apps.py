"""Notices. 通知."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class Config(AppConfig):
    """Notices. Hears of every step."""

    name = "zhongshu.office.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        """Have people told of every step."""
        listen = import_string("zhongshu.office.matters.happenings.listen")
        listen(import_string(f"{self.name}.actions.stepped"))
        see = import_string("zhongshu.office.matters.happenings.listen_to_openings")
        see(import_string(f"{self.name}.actions.opened"))
        hear = import_string("zhongshu.office.matters.happenings.listen_to_remarks")
        hear(import_string(f"{self.name}.actions.remarked"))
