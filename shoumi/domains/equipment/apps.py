from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.equipment"
    label = "equipment"
    verbose_name = "设备介质与密码"

    def ready(self) -> None:
        # The verbs bring every action with them: the rulebook asks at start whether each control is there.
        import shoumi.domains.equipment.verbs  # noqa: F401
        from shoumi.platform.ui import menu

        group, staff = "设备介质", menu.STAFF
        menu.add(
            menu.MenuItem("扫码检查设备", "equipment-scan", staff, group, "scan", 60),
            menu.MenuItem("设备总览", "equipment", staff, group, "device-desktop", 61),
            menu.MenuItem("设备台账", "equipment-devices", staff, group, "database", 62),
            menu.MenuItem(
                "涉密计算机台账", "equipment-classified-computers", staff, group, "shield-lock", 63
            ),
            menu.MenuItem(
                "非涉密计算机台账", "equipment-plain-computers", staff, group, "device-desktop", 63
            ),
            menu.MenuItem(
                "涉密介质台账", "equipment-classified-media", staff, group, "device-usb", 64
            ),
            menu.MenuItem(
                "非涉密介质台账", "equipment-plain-media", staff, group, "device-usb", 64
            ),
            menu.MenuItem("使用登记簿", "equipment-uses", staff, group, "clipboard-list", 65),
            menu.MenuItem("准用登记簿", "equipment-permits", staff, group, "file-certificate", 66),
            menu.MenuItem("维修登记簿", "equipment-repairs", staff, group, "adjustments", 67),
            menu.MenuItem("检查登记簿", "equipment-checks", staff, group, "checklist", 68),
            menu.MenuItem("报废清册", "equipment-disposals", staff, group, "trash", 69),
            menu.MenuItem("密码六环节", "equipment-crypto", staff, group, "key", 70),
        )
