"""Using a device: who sits at it, which medium goes into it, what may be worked on with it."""

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal

# What is done with a matter on a machine; the wording of the prohibitions.
OPERATIONS = ("起草", "输入", "扫描", "存储", "处理", "传输", "复印", "打印")


def check_content(content: Level, machine: Level, *, operation: str, public: bool) -> None:
    """Nothing above the level of the device is worked on with it. Clause: equipment.content."""
    if content.is_state_secret and public:
        raise Refusal(
            f"联网计算机不得{operation}国家秘密",
            clause="equipment.content",
            way_on="请改用相应密级的涉密计算机",
        )
    if content > machine and content.is_state_secret:
        what = "非涉密设备" if not machine.is_state_secret else f"{machine.label}级设备"
        raise Refusal(
            f"{what}不得{operation}{content.label}级内容",
            clause="equipment.content",
            way_on="请改用不低于该密级的涉密设备",
        )


def check_certified(content: Level, *, certificate: str) -> None:
    """Only what was certified touches secrets. Clause: equipment.certified."""
    if content.is_state_secret and not certificate:
        raise Refusal(
            "设备未登记安全认证证书号，不得保存、传输、处理国家秘密",
            clause="equipment.certified",
            way_on="请先取得认证并在验收中登记证书号",
        )


def check_cross_use(medium: Level, machine: Level, *, tested: bool) -> None:
    """交叉使用: a medium stays at its level. Clause: equipment.cross_use."""
    if medium.is_state_secret != machine.is_state_secret:
        kinds = ("涉密", "非涉密") if medium.is_state_secret else ("非涉密", "涉密")
        raise Refusal(
            f"{kinds[0]}介质不得在{kinds[1]}计算机上使用",
            clause="equipment.cross_use",
            way_on="请使用与计算机密级相同的介质；确需导入的经中间机单向导入",
        )
    if medium > machine:
        raise Refusal(
            f"{medium.label}级介质不得在{machine.label}级计算机上使用",
            clause="equipment.cross_use",
            way_on="请使用不低于介质密级的计算机",
        )
    if medium != machine and not tested:
        raise Refusal(
            "未经检测的介质不得在不同密级的计算机之间交叉使用",
            clause="equipment.cross_use",
            way_on="请先检测介质并登记检测结果",
        )


def check_user(*, is_own: bool, permitted: bool, classified: bool) -> None:
    """专机专人: another person works at a classified machine only by leave. Clause: equipment.user."""
    if classified and not is_own and not permitted:
        raise Denied(
            "涉密设备专机专人使用，您不是该机责任人，也没有获准使用",
            clause="equipment.user",
            way_on="因工作需要使用的，请先申请他人使用，经办公室批准后登记",
        )


def check_work_secret(content: Level, *, standalone: bool, permitted: bool) -> None:
    """工作秘密 on a machine not meant for it: offline, and by leave. Clause: equipment.work_secret."""
    if content != Level.INTERNAL:
        return
    if not standalone:
        raise Refusal(
            "上网计算机不得处理工作秘密",
            clause="equipment.work_secret",
            way_on="请改用未联网的办公计算机，并经批准",
        )
    if not permitted:
        raise Refusal(
            "在非涉密计算机上处理工作秘密须经批准",
            clause="equipment.work_secret",
            way_on="请先申请处理工作秘密",
        )


def check_aftercare(*, asked: bool, medium: bool, encrypted: bool, measures: str) -> None:
    """善后: saved to a numbered medium, encrypted, or on paper. Clause: equipment.aftercare."""
    if asked and not (medium or encrypted or measures.strip()):
        raise Refusal(
            "处理完毕须善后：存入登记的介质、加密，或者写明所采取的保密措施",
            clause="equipment.aftercare",
            way_on="填写介质、加密或者保密措施之一后再结束使用",
        )
