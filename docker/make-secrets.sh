#!/usr/bin/env bash
# Makes what compose.yaml reads from docker/secrets, and leaves alone what is there. The certificate is signed by itself,
# for localhost: put your own in its place. KEEP A COPY OF master_key: without it nothing that was written can be read.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
umask 077
mkdir -p secrets
cd secrets

random() { openssl rand -hex 24; }
write() { [[ -s $1 ]] || printf '%s' "$2" >"$1"; }

write mongo_password "$(random)"
write mongo_key "$(openssl rand -base64 512 | tr -d '\n')"
write mongo_uri "mongodb://jovial:$(<mongo_password)@mongo-1:27017,mongo-2:27017,mongo-3:27017/?replicaSet=jovial&authSource=admin"
write cassandra_password "$(random)"
write operator_key "$(random)"
write grafana_password "$(random)"
[[ -s master_key ]] || openssl rand -base64 32 >master_key

if [[ ! -s tls_certificate ]]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=localhost \
    -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout tls_key -out tls_certificate 2>/dev/null
fi
# The containers' users read them; the folder keeps others out.
chmod 0444 ./*
echo "docker/secrets is complete. The operator's key is in operator_key, Grafana's password (user admin) in grafana_password."
