#!/usr/bin/env bash
# Runs a command against a PostgreSQL of its own: made in a temporary folder, reached over a Unix socket
# only, named to the command in SHOUMI_DATABASE, and gone afterwards whatever happens.
# SHOUMI_POSTGRES_DURABLE=1 keeps every guarantee of the disk (for measuring); tests need none of them.
set -euo pipefail
. "$(dirname "$0")/say.sh"
[ $# -gt 0 ] || fail "用法：with_postgres.sh 命令 ..."

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -x "$bin/initdb" ] || bin=$(dirname "$(command -v initdb || true)")
[ -x "$bin/initdb" ] || fail "找不到 PostgreSQL，请先安装（Debian：apt-get install postgresql）"

# The socket's path must stay under 108 bytes.
place=$(mktemp -d /tmp/shoumi-pg.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    owner=nobody
    ! id -u postgres >/dev/null 2>&1 || owner=postgres
    chown "$owner" "$place"
    as=(setpriv "--reuid=$owner" "--regid=$(id -g "$owner")" --clear-groups)
fi
in_place() { (cd "$place" && exec env HOME="$place" PGUSER=shoumi PGHOST="$place" "${as[@]}" "$@"); }

tear_down() {
    in_place "$bin/pg_ctl" stop --pgdata="$place/data" --mode=immediate --silent 2>/dev/null || true
    rm -rf "$place"
}
trap tear_down EXIT
trap 'exit 130' INT TERM

in_place "$bin/initdb" --pgdata="$place/data" --username=shoumi --auth-local=trust --auth-host=reject \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$place/log" 2>&1 || {
    cat "$place/log" >&2
    fail "建立临时 PostgreSQL 未成功"
}
{
    echo "listen_addresses = ''"
    echo "unix_socket_directories = '$place'"
    echo "max_connections = 100"
    echo "shared_buffers = 256MB"
    if [ "${SHOUMI_POSTGRES_DURABLE:-}" != 1 ]; then
        printf '%s = off\n' fsync synchronous_commit full_page_writes
    fi
} >>"$place/data/postgresql.conf"
in_place "$bin/pg_ctl" start --pgdata="$place/data" --wait --silent --log="$place/server.log" || {
    cat "$place/server.log" >&2
    fail "启动临时 PostgreSQL 未成功"
}
in_place "$bin/createdb" shoumi

status=0
SHOUMI_DATABASE="postgresql://shoumi@/shoumi?host=$place" "$@" || status=$?
exit "$status"
