"""Tables that acts do not write, each with its reason; every other table is Recorded (a test counts)."""

EXEMPT = {
    "trail_head": "链头，由痕迹账自身移动，校验时与末条比对",
    "trail_entry": "痕迹账本身",
    "trail_change": "变更明细，摘要在痕迹账内",
    "trail_touched": "办理中的临时表，只在本次连接内",
    "django_migrations": "升级记录，由结构指纹校验",
    "django_content_type": "框架的类型目录，不含业务",
    "django_session": "登录会话，随退出消失",
    "auth_permission": "框架附带，本系统不用",
    "auth_group": "框架附带，本系统不用",
    "auth_group_permissions": "框架附带，本系统不用",
}


def exempt(table: str, reason: str) -> None:
    """Let an app name a table of its own that holds no business (login state, form tokens)."""
    EXEMPT[table] = reason
