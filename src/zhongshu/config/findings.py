"""What `check` and `doctor` find, and the sentences for it in both languages. 发现."""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["error", "warning", "good"]


class Finding(NamedTuple):
    """One thing that was looked at: how it is, and what it is about."""

    code: str
    level: Level
    about: tuple[tuple[str, str], ...]


def _said(about: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in about.items())


def error(code: str, **about: object) -> Finding:
    """Something that must be put right before the house may run."""
    return Finding(code, "error", _said(about))


def warning(code: str, **about: object) -> Finding:
    """Something the owner should know."""
    return Finding(code, "warning", _said(about))


def good(code: str, **about: object) -> Finding:
    """Something that is as it should be."""
    return Finding(code, "good", _said(about))


WORDS: dict[str, tuple[str, str]] = {
    "home_missing": (
        "数据目录 {path} 不存在：先运行 zhongshu init",
        "no data folder {path}: run zhongshu init first",
    ),
    "home_open": (
        "数据目录 {path} 的权限是 {mode}，别的用户可以进入：chmod 700 {path}",
        "data folder {path} has mode {mode}, others may enter: chmod 700 {path}",
    ),
    "secret_missing": (
        "没有密钥 secret.key：运行 zhongshu init",
        "no secret.key: run zhongshu init",
    ),
    "secret_open": (
        "密钥 secret.key 的权限是 {mode}：chmod 600",
        "secret.key has mode {mode}: chmod 600",
    ),
    "secret_short": ("密钥 secret.key 太短（{length} 字）", "secret.key is short ({length})"),
    "debug": ("DEBUG 打开着，出错页会泄露内情", "DEBUG is on: error pages would tell secrets"),
    "plain_http": (
        "HTTPS 已关闭，却对外提供 {hosts}：只有本机试用才可以关闭",
        "HTTPS is off while serving {hosts}: that is only for a trial on one machine",
    ),
    "any_host": ("ZHONGSHU_HOSTS 含有 *，请写明名称", "ZHONGSHU_HOSTS contains *: name the hosts"),
    "no_database": ("连不上数据库：{why}", "the database cannot be reached: {why}"),
    "unsafe_setting": (
        "数据库设置 {name} = {value}，断电会丢失已办的事：应为 {want}",
        "database setting {name} = {value} can lose acts at a power cut: wanted {want}",
    ),
    "sqlite_damaged": ("SQLite 文件已损坏：请从备份恢复", "the SQLite file is damaged: restore"),
    "not_migrated": (
        "有 {count} 个数据库迁移未执行：运行 zhongshu init",
        "{count} migrations are not applied: run zhongshu init",
    ),
    "no_journal": ("还没有日志：运行 zhongshu init", "no journal yet: run zhongshu init"),
    "clock_back": (
        "本机时钟 {now} 早于日志最后一条 {last}：先校准时钟",
        "the clock {now} is before the last journal entry {last}: set the clock first",
    ),
    "disk_full": (
        "{path} 只剩 {free} MB：至少要 {want} MB",
        "{path} has only {free} MB left: at least {want} MB",
    ),
    "disk_low": ("{path} 只剩 {free} MB", "{path} has only {free} MB left"),
    "restored": (
        "这是恢复出来的数据，还没有两名管理员确认：zhongshu restore confirm",
        "these data were restored and not yet confirmed by two administrators:"
        " zhongshu restore confirm",
    ),
    "older_state": (
        "外存头码已到第 {published} 条，本库日志只有 {here} 条：数据比外存的旧",
        "a head outside says {published} entries, the journal here has {here}: an older state",
    ),
    "other_history": (
        "外存头码 {head} 与本库日志不符：日志被改过，或换了库",
        "head {head} outside does not belong to the journal here: it was changed, or is another",
    ),
    "heads_unset": (
        "没有设置 ZHONGSHU_HEADS：头码没有外存，整体改写发现不了",
        "ZHONGSHU_HEADS is not set: no heads are kept elsewhere, so a rewrite of everything"
        " cannot be noticed",
    ),
    "heads_unreachable": (
        "头码目录 {path} 写不进去：{why}",
        "the folder for heads {path} cannot be written: {why}",
    ),
    "heads_same_disk": (
        "头码目录 {path} 与数据在同一个文件系统，应放到别的机器",
        "the folder for heads {path} is on the same file system as the data",
    ),
    "heads": ("头码外存于 {path}", "heads are kept in {path}"),
    "no_administrators": (
        "还没有设立三名管理员：运行 zhongshu init",
        "no administrators yet: run zhongshu init",
    ),
    "safe": ("可以运行", "safe to run"),
    "python": ("Python {version}", "Python {version}"),
    "python_old": ("Python {version} 太旧，要 3.11 以上", "Python {version} is too old: 3.11"),
    "sqlite": ("SQLite {version}，带全文检索", "SQLite {version} with full text search"),
    "sqlite_no_fts": (
        "SQLite {version} 没有 FTS5，检索用不了：换用带 FTS5 的 Python",
        "SQLite {version} has no FTS5, there is no search: use a Python that has it",
    ),
    "postgres": ("PostgreSQL {version}", "PostgreSQL {version}"),
    "postgres_old": ("PostgreSQL {version} 太旧，要 13 以上", "PostgreSQL {version}: 13 or later"),
    "chromium": ("Chromium：{path}（只有测试用）", "Chromium: {path} (only for tests)"),
    "no_chromium": (
        "没有 Chromium：只影响开发时的页面测试",
        "no Chromium: only the page tests of developers need it",
    ),
    "font": ("字体（{role}）：{name}", "font for {role}: {name}"),
    "no_font": (
        "缺{role}字体，装其中一种：{wanted}。本机浏览器会用别的字体代替",
        "no font for {role}; install one of: {wanted}. Browsers here will use another",
    ),
    "no_fc_list": (
        "没有 fc-list，看不到本机字体",
        "no fc-list: cannot see which fonts are installed",
    ),
    "ocr": ("文字识别：{name}", "text recognition: {name}"),
    "no_ocr": (
        "没有文字识别：扫描件的文字检索不到（可选）",
        "no text recognition: words in scans are not found (optional)",
    ),
    "mail": ("邮件经 {host} 发出", "mail goes out by {host}"),
    "no_mail": (
        "没有设置发信服务器：通知只在站内（可选）",
        "no mail server is set: notices stay inside (optional)",
    ),
    "no_address": (
        "没有设置 ZHONGSHU_ADDRESS：邮件里没有链接，登录页也不能用邮件重设口令",
        "ZHONGSHU_ADDRESS is not set: mail carries no links, and passwords cannot be reset by mail",
    ),
    "duty": ("值班频道已设置", "the duty channel is set"),
    "no_duty": (
        "没有设置值班频道 ZHONGSHU_APPRISE（可选）",
        "no duty channel, ZHONGSHU_APPRISE (optional)",
    ),
    "duty_speechless": (
        "设置了值班频道 ZHONGSHU_APPRISE，但没有装 apprise，特急事项到不了频道："
        "pip install --require-hashes -r requirements/apprise.txt",
        "ZHONGSHU_APPRISE is set but apprise is not installed, so the channel hears nothing:"
        " pip install --require-hashes -r requirements/apprise.txt",
    ),
    "backup": ("上次备份：{when}（{days} 天前）", "last backup: {when} ({days} days ago)"),
    "backup_old": (
        "上次备份是 {days} 天前：zhongshu backup 目录",
        "the last backup is {days} days old: zhongshu backup FOLDER",
    ),
    "no_backup": ("从未备份：zhongshu backup 目录", "never backed up: zhongshu backup FOLDER"),
    "network_disk": (
        "数据目录在网络文件系统 {kind} 上，SQLite 的锁在那里不可靠：换本地盘或 PostgreSQL",
        "the data folder is on the network file system {kind}, where SQLite's locks are not"
        " reliable: use a local disk or PostgreSQL",
    ),
}


def sentence(finding: Finding, language: str) -> str:
    """The sentence for a finding, Chinese unless English is asked for."""
    chinese, english = WORDS[finding.code]
    return (english if language == "en" else chinese).format(**dict(finding.about))


def is_refused(found: list[Finding]) -> bool:
    """Whether the house may not run."""
    return any(finding.level == "error" for finding in found)
