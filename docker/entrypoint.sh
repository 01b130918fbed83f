#!/usr/bin/env bash
# Runs a command of Jovial in a container. Secrets come from files: JOVIAL_MONGO_URI_FILE names the one with the value of
# JOVIAL_MONGO_URI, and so on. (JOVIAL_KEYS_MASTER_FILE is a setting of the server itself.)
set -euo pipefail

for name in JOVIAL_MONGO_URI JOVIAL_CASSANDRA_PASSWORD JOVIAL_UMS_OPERATOR_KEY; do
  file=${name}_FILE
  [[ -n ${!file:-} ]] || continue
  export "$name=$(<"${!file}")"
  unset "$file"
done

# The bus binds to an address; a name of the containers' network becomes the one that it has there.
if [[ ${JOVIAL_CLUSTER_HOST:-} == *[a-z]* ]]; then
  address=$(getent ahostsv4 "$JOVIAL_CLUSTER_HOST" | awk 'NR == 1 {print $1}')
  [[ -n $address ]] || { echo "There is no address of the name $JOVIAL_CLUSTER_HOST." >&2; exit 1; }
  export JOVIAL_CLUSTER_HOST=$address
fi

exec /opt/jovial/bin/jovial "$@"
