#!/usr/bin/env bash
# Whether this node serves clients. The image has no curl; bash can ask by itself.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${JOVIAL_MANAGEMENT_PORT:-9090}"
printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3
read -r _ status _ <&3
[[ $status == 200 ]]
