"""The help of the command line in Chinese: each text beside the English one that it stands for."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from bce_emulator.settings import Settings, variables_of

SETTINGS = {
    "host": "监听的地址",
    "port": "监听的端口；0 表示任选一个空闲端口并打印出来",
    "pace": "状态变化的快慢",
    "auth": "是否校验签名",
    "credentials": "代替默认密钥的访问密钥",
    "seed": "启动时的初始数据：YAML 或 JSON 文件，或者 'example'",
    "state": "重启后账户保存在哪里：一个目录，或可由多个副本共用的 PostgreSQL 数据库",
    "advertise": "共用数据库的其他副本向客户端说明的本副本地址；主机和端口默认为监听的主机和端口",
    "accounts": "closed 表示只接受给定的或生成的密钥，不会因使用而产生账户",
    "max_accounts": "账户数量的上限",
    "forget_idle": "账户闲置多少秒之后被遗忘；默认一天，使用 --state 时默认从不",
    "region": "Host 没有指明地域时使用的地域",
    "product": "Host 没有指明产品、而多个产品都有该路径时所用的产品；不设置则返回 501",
    "log_format": "日志的格式",
    "log_level": "记录日志的最低级别",
    "log_requests": "每个请求一行日志，级别为 info",
    "metrics": "是否统计请求，供 GET /_emulator/metrics 使用",
    "max_connections": "连接数量的上限；可打开的文件数更少时以文件数为准",
    "max_body_bytes": "请求体的最大长度",
    "max_state_bytes": "恢复或比较的账户文档的最大长度",
    "tls_cert": "用这个 PEM 证书链提供 HTTPS；需要同时给出 --tls-key",
    "tls_key": "--tls-cert 的私钥，PEM 格式",
    "signature_errors": "签名错误使用哪一种错误码：文档所写的，或线上服务实际返回的",
    "signature_time": "是否检查签名的有效期和时钟偏差",
    "allowed_hosts": "只监听本机时，控制接口的 Host 头中还允许出现的本机名称",
    "control": "控制接口；off 只保留 live 和 ready",
    "limited_tokens": "其他 bearer token，只能读取，或只能用于以某个前缀开头的账户",
    "admin_token": "设置后，除 live 和 ready 之外的控制接口调用都要携带的 bearer token",
}
"""What each setting is, by its name."""

TEXTS = {
    "A local double of Baidu AI Cloud's compute API.": "百度智能云计算 API 的本地模拟器。",
    "Options without a command are those of serve; they can be given in the environment too: --log-format is "
    "BCE_EMULATOR_LOG_FORMAT.": (
        "没有命令的选项就是 serve 的选项；serve 的选项也可以用环境变量给出：--log-format 对应 BCE_EMULATOR_LOG_FORMAT。"
    ),
    "commands": "命令",
    "run the emulator in the foreground": "在前台运行模拟器",
    "print what to set or write to point a client here": "打印让客户端指向模拟器所需的设置或代码",
    "print a curl command with the Authorization header": "打印一条带 Authorization 头的 curl 命令",
    "say why a request's signature did not match": "说明一个请求的签名为什么不匹配",
    "exit status 0 when the emulator is ready": "模拟器就绪时退出码为 0",
    "list every published operation, emulated or not": "列出每个已发布的操作，无论是否已模拟",
    "make a certificate for HTTPS, and print how each client trusts it": "生成 HTTPS 证书，并打印各客户端如何信任它",
    "where to put it (default bce-emulator-tls)": "放在哪个目录（默认 bce-emulator-tls）",
    "further host names and addresses of the emulator": "模拟器的其他主机名和地址",
    "make a new authority and certificate in the place of those that are there": "生成新的 CA 和证书，替换已有的",
    "a further authority to trust, for https; BCE_EMULATOR_CA_CERT": "使用 https 时额外信任的 CA；BCE_EMULATOR_CA_CERT",
    "exit status 0 as soon as the emulator is ready, 1 after a time": "模拟器一就绪就以退出码 0 结束，超时则为 1",
    "how long (default 60)": "等多久（默认 60 秒）",
    "print a script that completes in a shell": "打印用于 shell 补全的脚本",
    'for example: eval "$(bce-emulator completion bash)"': '例如：eval "$(bce-emulator completion bash)"',
    "the client": "客户端",
    "such as PUT": "例如 PUT",
    "whole, or from the slash on": "完整的 URL，或从斜杠开始的部分",
    "the request body; @FILE has curl send a file": "请求体；@FILE 让 curl 发送一个文件",
    "say whether traffic would pass, and what stops it": "说明流量能否通过，以及被什么拦下",
    "an instance, an interface, a load balancer, an address, or internet": (
        "实例、弹性网卡、负载均衡、地址，或 internet"
    ),
    "the port that is asked, for tcp and udp": "访问的端口，用于 tcp 和 udp",
    "tcp if a port is given, else icmp": "给出端口时为 tcp，否则为 icmp",
    "the client's port (default 49152)": "客户端的端口（默认 49152）",
    "the version of the addresses (default 4)": "地址的版本（默认 4）",
    "which VPC an address is in, if several have it": "多个 VPC 都有该地址时，它属于哪一个",
    "the account's access key (default test)": "账户的 AK（默认 test）",
    "the region (default the emulator's)": "地域（默认为模拟器的地域）",
    "list the rules on the way that decide nothing, too": "同时列出途中没有起作用的规则",
    "print the answer of the control API": "打印控制接口的响应",
    "the requestId of the refused request": "被拒绝的请求的 requestId",
    "only those that are emulated": "只列出已模拟的操作",
    "where the emulator is (default http://127.0.0.1:8080); BCE_EMULATOR_ENDPOINT": (
        "模拟器的地址（默认 http://127.0.0.1:8080）；BCE_EMULATOR_ENDPOINT"
    ),
    "the token that serve was given; BCE_EMULATOR_ADMIN_TOKEN": "启动 serve 时给出的令牌；BCE_EMULATOR_ADMIN_TOKEN",
    "access key (default test)": "AK（默认 test）",
    "secret key (default the emulator's)": "SK（默认为模拟器的 SK）",
    "record the real cloud through a proxy that signs again": "通过重新签名的代理录制真实云服务",
    "the recording": "录制文件",
    "the real access key; BCE_EMULATOR_RECORD_AK": "真实的 AK；BCE_EMULATOR_RECORD_AK",
    "the real secret key; in the environment or in a file it is not seen in lists of processes; "
    "BCE_EMULATOR_RECORD_SK or BCE_EMULATOR_RECORD_SK_FILE": (
        "真实的 SK；放在环境变量或文件中，就不会出现在进程列表里；BCE_EMULATOR_RECORD_SK 或 BCE_EMULATOR_RECORD_SK_FILE"
    ),
    "the session token of real keys that are temporary; BCE_EMULATOR_RECORD_TOKEN or BCE_EMULATOR_RECORD_TOKEN_FILE": (
        "真实密钥为临时密钥时的会话令牌；BCE_EMULATOR_RECORD_TOKEN 或 BCE_EMULATOR_RECORD_TOKEN_FILE"
    ),
    "let through what may change something, too": "也放行可能产生修改的操作",
    "let through nothing but these": "只放行这些操作",
    "keep what stands for which secret in FILE.secrets, with mode 0600": (
        "把秘密与替代文本的对照保存在 FILE.secrets 中，权限 0600"
    ),
    "call this address instead of the cloud's hosts": "调用这个地址，而不是云服务的主机",
    "certificates to trust instead of the system's": "代替系统证书的受信任证书",
    "say what differs between a recording and the emulator": "说明录制内容与模拟器有哪些不同",
    "what record has written": "record 写出的文件",
    "of the report (default text)": "报告的格式（默认 text）",
    "where the report goes, if not to the output": "报告写到哪里；默认写到标准输出",
    "end with status 1 if there is such a difference: a kind, any of them, or unjudged exchanges": (
        "存在这类差异时以退出码 1 结束：某一种类、any（任意种类）或 unjudged（未能判断的请求）"
    ),
    "differences that are known; it may only shrink": "已知的差异；这个文件只能变短",
    "serve a recording as it was": "按原样提供录制的内容",
    "show this help message and exit": "显示帮助并退出",
    "show program's version number and exit": "显示版本号并退出",
    "default": "默认",
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
}
"""Every other text of the help, by the English one."""


class ChineseHelp(argparse.HelpFormatter):
    """The layout of a help, with the word for its first line."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The first line."""
        super().add_usage(usage, actions, groups, TEXTS["usage: "] if prefix is None else prefix)


def is_wanted(environment: Mapping[str, str], encoding: str | None) -> bool:
    """Whether the locale asks for Chinese, and the output can show it."""
    language = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    try:
        return language.startswith("zh") and bool("中".encode(encoding or "ascii"))
    except UnicodeEncodeError:
        return False


def translate(parser: argparse.ArgumentParser) -> None:
    """Put the help of a command, and of the commands under it, into Chinese."""
    parser.formatter_class = ChineseHelp
    parser.description = _text(parser.description)
    parser.epilog = _text(parser.epilog)
    for group in parser._action_groups:
        group.title = _text(group.title)
    for action in parser._actions:
        action.help = _text(action.help)
        if isinstance(action, argparse._SubParsersAction):
            for row in action._choices_actions:
                row.help = _text(row.help)
            for command in action.choices.values():
                translate(command)


def _text(english: str | None) -> str | None:
    for row in fields(Settings):
        if (
            english
            and english.startswith(row.metadata["help"])
            and english.endswith("; " + " or ".join(variables_of(row)))
        ):
            about = SETTINGS.get(row.name, str(row.metadata["help"]))
            rest = english[len(row.metadata["help"]) :].replace(" (default ", f"（{TEXTS['default']} ")
            return about + rest.replace(")", "）").replace("; ", "；").replace(" or ", " 或 ")
    return TEXTS.get(english, english) if english else english
