# Sourced by the other scripts: how they speak to the person at the terminal.

say() { printf '守密：%s\n' "$*"; }

fail() {
    printf '守密：%s\n' "$*" >&2
    exit 1
}
