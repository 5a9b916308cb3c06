#!/bin/bash
# A real S3 store for the slow lane: one Ceph node with its object gateway, in memory, from Debian's packages. Needs root.
#   test/support/cephUp.sh          installs what is missing, starts it, prints the variables of the tests
#   test/support/cephUp.sh stop     stops it and removes its data
set -euo pipefail

folder=/var/tmp/ciel-ceph
port=7480
export CEPH_CONF=$folder/ceph.conf

stop() {
  for pidfile in "$folder"/run/*.pid; do
    [ -f "$pidfile" ] && kill "$(cat "$pidfile")" 2>/dev/null || true
  done
  for _ in $(seq 50); do
    running=
    for pidfile in "$folder"/run/*.pid; do
      [ -f "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2>/dev/null && running=yes
    done
    [ -z "$running" ] && break
    sleep 0.2
  done
  rm -rf "$folder"
}

install() {
  command -v radosgw ceph-mon ceph-osd ceph >/dev/null && return
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends radosgw ceph-mon ceph-osd ceph-common >/dev/null
}

configure() {
  mkdir -p "$folder"/{mon,osd,run,log}
  cat > "$CEPH_CONF" <<CONF
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon_host = v1:127.0.0.1:6789
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
auth_allow_insecure_global_id_reclaim = true
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_crush_chooseleaf_type = 0
osd_crush_update_on_start = false
osd_class_update_on_start = false
osd_objectstore = memstore
osd_max_object_name_len = 256
osd_max_object_namespace_len = 64
memstore_device_bytes = 1073741824
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
mon_data_avail_crit = 1
mon_data = $folder/mon
osd_data = $folder/osd
run_dir = $folder/run
admin_socket = $folder/run/\$name.asok
pid_file = $folder/run/\$name.pid
log_file = $folder/log/\$name.log
[mon.a]
mon_addr = 127.0.0.1:6789
[client.rgw]
rgw_frontends = beast endpoint=127.0.0.1:$port
rgw_run_sync_thread = false
CONF
}

# The first seconds of a monitor are answered with EPERM.
await() {
  for _ in $(seq 100); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.3
  done
  echo "gave up waiting for: $*" >&2
  return 1
}

osdIsUp() {
  ceph osd stat | grep -q '1 up'
}

start() {
  monmaptool --create --fsid "$(sed -n 's/^fsid = //p' "$CEPH_CONF")" --addv a '[v1:127.0.0.1:6789]' "$folder/monmap" --clobber
  ceph-mon --mkfs -i a --monmap "$folder/monmap"
  ceph-mon -i a
  await ceph quorum_status
  osd=$(cat /proc/sys/kernel/random/uuid)
  ceph osd new "$osd"
  ceph-osd -i 0 --mkfs --osd-uuid "$osd"
  ceph osd crush add osd.0 1.0 root=default host=localhost
  ceph-osd -i 0
  await osdIsUp
  radosgw -n client.rgw
  radosgw-admin user create --uid ciel --display-name ciel --access-key ciel --secret-key ciel-secret
}

if [ "${1:-}" = stop ]; then
  stop
  exit
fi
install
stop
configure
trap 'cat "$folder/log/start" >&2' ERR
set -E
start >"$folder/log/start" 2>&1
echo "TEST_S3_ENDPOINT=http://127.0.0.1:$port TEST_S3_ACCESS_KEY=ciel TEST_S3_SECRET_KEY=ciel-secret TEST_S3_BUCKET=ciel-test"
