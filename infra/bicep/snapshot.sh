#!/usr/bin/env bash
# Writes the snapshots anew after a change of the templates; look at their differences before you commit them.
# Usage: infra/bicep/snapshot.sh <path of the bicep compiler>
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for environment in dev prod kubernetes; do
  "${1:?path of the bicep compiler}" snapshot "main.$environment.bicepparam" --mode overwrite \
    --subscription-id 00000000-0000-0000-0000-000000000001 --tenant-id 00000000-0000-0000-0000-000000000002 \
    --resource-group "alga-$environment" --location westeurope
done
