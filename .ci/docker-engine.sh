#!/usr/bin/env bash
# Brings a Docker engine, and a Postgres image for the tests, to a Debian machine that cannot pull images.
#
#   eval "$(.ci/docker-engine.sh)"
#
# Progress goes to standard error; standard output is what the tests need in their environment, as shell exports.
# Safe to run again: what is there already is kept, so that a second run takes seconds. Exits 1, saying why, if an
# engine cannot be had.
#
# Cache: $EHASH_CI_CACHE (default /var/cache/ehash-ci) keeps the packages and the images as files, so that they
# survive the engine's own storage.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${EHASH_CI_CACHE:-/var/cache/ehash-ci}
engine_log=/var/log/ehash-dockerd.log
started=$SECONDS

say() { printf '[docker-engine %3ds] %s\n' "$((SECONDS - started))" "$*" >&2; }
fail() {
    say "$*"
    exit 1
}
# Runs a command, keeps its output in a file and shows the end of it only when the command fails.
quietly() {
    local log
    log=$(mktemp)
    if ! "$@" > "$log" 2>&1; then
        tail -n 30 "$log" >&2
        fail "failed: $*"
    fi
    rm -f "$log"
}
engine_answers() { timeout 10 docker version --format '{{.Server.Version}}' > /dev/null 2>&1; }

[ "$(id -u)" = 0 ] || engine_answers || fail 'no Docker engine answers, and only root can install one'
. /etc/os-release
[ "${ID:-}" = debian ] || engine_answers || fail "this script installs packages of Debian; this system is ${ID:-unknown}"

install_missing() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    if ! timeout 300 apt-get install -y -q --no-install-recommends "${missing[@]}" > /dev/null 2>&1; then
        quietly timeout 300 apt-get update -q
        quietly timeout 300 apt-get install -y -q --no-install-recommends "${missing[@]}"
    fi
}

# --- the engine --------------------------------------------------------------------------------------------------

if ! engine_answers; then
    # The packages would start the engine by the init system, which a container or a minimal machine does not have.
    install_missing docker.io iptables
    if ! engine_answers; then
        say 'starting dockerd'
        # An engine that was killed leaves these; by now their numbers may be another process's.
        rm -f /var/run/docker.pid
        rm -f /var/run/docker/containerd/containerd.pid /var/run/docker/containerd/*.sock*
        setsid --fork dockerd --log-level=warn > "$engine_log" 2>&1 < /dev/null
        for _ in $(seq 1 120); do
            engine_answers && break
            sleep 0.5
        done
        engine_answers || {
            tail -n 30 "$engine_log" >&2
            fail "dockerd does not answer after 60 s; see $engine_log"
        }
    fi
fi
say "engine $(docker version --format '{{.Server.Version}} (API {{.Server.APIVersion}})') answers"

# --- the images --------------------------------------------------------------------------------------------------

if [ -z "${EHASH_TEST_POSTGRES_IMAGE:-}" ]; then
    # A change of the recipe is another image.
    recipe=$(cat "${BASH_SOURCE[0]}" "$here/docker/postgres-entrypoint.sh" | sha256sum | cut -c1-12)
    codename=$VERSION_CODENAME
    base="ehash-debian:$codename"
    image="ehash-test-postgres:$codename-$recipe"
    archive="$cache/postgres-$codename-$recipe.tar"

    import_postgres() {
        docker import \
            --change 'ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin:/opt/postgres/bin' \
            --change 'ENV LANG=C.UTF-8' \
            --change 'ENV PGDATA=/var/lib/postgresql/data' \
            --change 'VOLUME /var/lib/postgresql/data' \
            --change 'EXPOSE 5432' \
            --change 'ENTRYPOINT ["postgres-entrypoint.sh"]' \
            --change 'CMD ["postgres"]' \
            "$1" "$image"
    }

    if docker image inspect "$image" > /dev/null 2>&1; then
        say "image $image is there"
    elif [ -s "$archive" ]; then
        say "importing $image from $archive"
        quietly import_postgres "$archive"
    else
        install_missing debootstrap
        [ -n "$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 2> /dev/null)" ] \
            || quietly timeout 300 apt-get update -q
        # The machine's own package mirror.
        mirror=$(apt-get indextargets --format '$(ORIGIN)|$(CODENAME)|$(COMPONENT)|$(REPO_URI)' 'Identifier: Packages' \
            | awk -F'|' -v codename="$codename" '$1 == "Debian" && $2 == codename && $3 == "main" { print $4; exit }')
        [ -n "$mirror" ] || fail "apt's sources name no mirror of Debian $codename main"
        mkdir -p "$cache/packages"
        root=$(mktemp -d "$cache/root.XXXXXX")
        trap 'umount "$root/proc" 2> /dev/null || true; rm -rf "$root" "$archive.part"' EXIT

        say "making a minimal Debian $codename"
        quietly timeout 600 debootstrap --variant=minbase --cache-dir="$cache/packages" "$codename" "$root" "$mirror"
        quietly docker import --change 'CMD ["bash"]' \
            <(tar --numeric-owner --sort=name -C "$root" --exclude='./var/cache/apt/*' -c .) "$base"

        say 'adding PostgreSQL'
        mkdir -p "$root/etc/postgresql-common"
        echo 'create_main_cluster = false' > "$root/etc/postgresql-common/createcluster.conf"
        printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
        chmod 0755 "$root/usr/sbin/policy-rc.d"
        cp /etc/resolv.conf "$root/etc/resolv.conf"
        quietly env DEBIAN_FRONTEND=noninteractive LC_ALL=C chroot "$root" \
            timeout 600 apt-get -o Acquire::Languages=none install -y -q --no-install-recommends postgresql
        version=$(basename "$(ls -d "$root"/usr/lib/postgresql/*)")
        ln -s "/usr/lib/postgresql/$version" "$root/opt/postgres"
        install -m 0755 "$here/docker/postgres-entrypoint.sh" "$root/usr/local/bin/postgres-entrypoint.sh"
        rm -f "$root/usr/sbin/policy-rc.d"

        tar --numeric-owner --sort=name -C "$root" --exclude='./var/cache/apt/*' --exclude='./var/lib/apt/lists/*' \
            --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' \
            -cf "$archive.part" .
        mv "$archive.part" "$archive"
        say "importing $image (PostgreSQL $version)"
        quietly import_postgres "$archive"
    fi
    printf 'export EHASH_TEST_POSTGRES_IMAGE=%q\n' "$image"
    # Nothing can be pulled here, so neither can the container that removes left-over containers.
    printf 'export TESTCONTAINERS_RYUK_DISABLED=true\n'
fi

# Inside a container or a sandbox that looks like one, published ports are on this machine, not on the gateway.
[ ! -e /.dockerenv ] || printf 'export TESTCONTAINERS_HOST_OVERRIDE=localhost\n'
say 'ready'
