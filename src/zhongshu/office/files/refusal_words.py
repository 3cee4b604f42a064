"""Why a file is refused, and what to do next: a sentence for each reason. 不予受理的理由。"""

from __future__ import annotations

from collections.abc import Mapping

from zhongshu.kernel.errors import Reason

REASONS: Mapping[str, tuple[str, str]] = {
    "bad_name": (
        "文件名是空的，或者含有控制字符。请改名后再上传",
        "the name is empty or holds control characters; rename the file",
    ),
    "bad_part_names": (
        "文件内部的条目名称不合规矩（重名、链接或指向外部），不收。请用办公软件另存一份",
        "entries inside the file have unsafe names; save it anew with your office program",
    ),
    "bytes_damaged": (
        "存储的文件与登记的摘要不符，已停止提供。请联系系统管理员从备份恢复",
        "the stored bytes do not match their digest; ask the administrator to restore them",
    ),
    "bytes_missing": (
        "存储的文件找不到了。请联系系统管理员从备份恢复",
        "the stored bytes are missing; ask the administrator to restore them",
    ),
    "damaged": (
        "文件不完整或者已经损坏。请在原来的软件里打开并另存，再上传",
        "the file is incomplete or broken; open it in its own program, save it anew",
    ),
    "disk_full": (
        "服务器的存储空间不足，文件没有保存。请联系系统管理员，稍后再试",
        "the server is short of disk space; nothing was kept; tell the administrator",
    ),
    "empty": ("文件是空的", "the file is empty"),
    "encrypted": (
        "文件设有密码，无法检查。请去掉密码后再上传",
        "the file has a password and cannot be checked; remove the password",
    ),
    "gone": ("该文件已经撤下", "the file was removed already"),
    "hidden_data": (
        "文件里夹带着另一个文件，不收。请用办公软件另存一份",
        "another file hides inside this one; save it anew with its own program",
    ),
    "jail_busy": ("正在处理的文件较多，请稍后再试", "many files are being read; try again soon"),
    "jail_missing": (
        "文件检查程序没有启动，暂时不能上传。请联系系统管理员",
        "the program that checks files is not running; tell the administrator",
    ),
    "kind_archive": (
        "压缩包不收。请解开后逐个上传",
        "archives are not taken; unpack it and upload the files one by one",
    ),
    "kind_macros": (
        "文件含有宏或控件，不收。请另存为不含宏的 .docx 或 .xlsx",
        "the file holds macros or controls; save it as .docx or .xlsx without them",
    ),
    "kind_old_office": (
        "旧格式文件（.doc、.xls、.ppt、.wps、.rtf）不收。请另存为 .docx、.xlsx，或者转成 PDF",
        "old formats (.doc, .xls, .ppt, .wps, .rtf) are not taken; save as .docx, .xlsx or PDF",
    ),
    "kind_program": ("程序文件不收", "programs are not taken"),
    "kind_remote": (
        "文件会自动从外部取内容（远程模板或对象），不收。请断开链接后另存",
        "the file fetches a template or object from elsewhere; break the link and save anew",
    ),
    "kind_unknown": (
        "这种文件不收。请转成 PDF、OFD、DOCX、XLSX、TXT、PNG、JPEG 或 TIFF",
        "this kind is not taken; convert it to PDF, OFD, DOCX, XLSX, TXT, PNG, JPEG or TIFF",
    ),
    "kind_web": (
        "网页、SVG 和 XML 不收。请打印成 PDF",
        "web pages, SVG and XML are not taken; print to PDF",
    ),
    "name_too_long": (
        "文件名最多{most}个字，请改短",
        "a name has at most {most} characters; shorten it",
    ),
    "needs_ocr": (
        "文件是图片或者扫描件，没有文字。识读需要安装“ocr”组件；现在请照原件手工填写",
        "this is a picture or a scan without words; reading it needs the extra “ocr”; "
        "until it is installed, fill in the fields from the original",
    ),
    "no_pages": (
        "这种文件没有页面预览，请下载查看",
        "no page images of this kind; download the file",
    ),
    "no_such_page": ("没有这一页", "there is no such page"),
    "not_a_spreadsheet": (
        "请上传 .xlsx 表格",
        "an .xlsx spreadsheet is needed",
    ),
    "not_yours": ("您不能在这里增减附件", "you may not add or remove files here"),
    "page_too_long": (
        "这一页太长，不能预览，请下载查看",
        "the page is too long to be shown; download the file",
    ),
    "secret_doubt": (
        "文件开头或者文件名像有国家秘密标志。若是国家秘密，请立即停止，按保密规定处理；"
        "若确认不是，请勾选声明后再上传",
        "this looks like a mark of a state secret; if it is one, stop and follow the rules of "
        "secrecy; if you are sure it is not, declare so and upload again",
    ),
    "secret_mark": (
        "文件有国家秘密标志。本系统不得处理国家秘密：文件没有保存。请停止上传和转发，"
        "把载体交机要人员，登记在纸质登记簿，并报告保密干部",
        "the file is marked as a state secret, which this system must not hold; nothing was kept; "
        "stop, hand it to the confidential clerk, tell the secrecy officer",
    ),
    "suffix_differs": (
        "文件名的后缀“{suffix}”与内容不符，内容应当用“{right}”。请核对后改名",
        "the suffix {suffix} does not fit the content, which is {right}; check and rename",
    ),
    "too_big_unpacked": (
        "文件解开后太大，不收。请拆成几个文件",
        "unpacked, the file is too large; split it",
    ),
    "too_hard": (
        "在规定的时间和内存内读不完这个文件，不收。请用办公软件另存一份，或者拆成几个文件",
        "the file could not be read within time and memory; save it anew or split it",
    ),
    "too_large": (
        "文件最大{most} MB。请压缩图片或者拆成几个文件",
        "a file has at most {most} MB; shrink its pictures or split it",
    ),
    "too_many_pages": (
        "最多{most}页。请拆成几个文件",
        "at most {most} pages; split the file",
    ),
    "too_many_parts": (
        "文件内部的条目太多或太深，不收。请用办公软件另存一份",
        "too many entries inside the file; save it anew with your office program",
    ),
    "too_many_pixels": (
        "图片最多{most}百万像素。请缩小后再上传",
        "a picture has at most {most} million pixels; make it smaller",
    ),
    "too_many_rows": (
        "表格太大（最多{most}行）。请拆成几个文件",
        "the table is too large (at most {most} rows); split it",
    ),
    "too_much_text": ("文字太多，不收。请拆成几个文件", "too much text; split the file"),
    "too_much_today": (
        "您今天上传的文件已到上限，请明天再传，或者请办公室协助",
        "you have reached the amount for one day; go on tomorrow or ask the office",
    ),
    "xml_doctype": (
        "文件内部带有文档类型声明，不收。请用办公软件另存一份",
        "a document type inside the file is not taken; save it anew with your office program",
    ),
    "xml_too_complex": (
        "文件内部结构过于复杂，不收。请用办公软件另存一份，或者拆成几个文件",
        "the structure inside the file is too complex; save it anew or split it",
    ),
}


def sentence(reason: Reason, language: str) -> str:
    """A reason as a sentence, in Chinese for any language but English."""
    words = REASONS.get(reason.code, REASONS["too_hard"])  # the jail may say anything
    said = words[language.startswith("en")]
    for name, value in reason.about:
        said = said.replace("{" + name + "}", value)
    return said
