#!/bin/sh
# After azd provision: builds the images in the new container registry, provisions what runs from them, runs the set-up.
set -eu
cd "$(dirname "$0")/../.."
tag="$(git rev-parse --short=12 HEAD)"
if [ "${ALGA_IMAGE_TAG:-}" != "$tag" ]; then
  az acr build --registry "$AZURE_CONTAINER_REGISTRY_NAME" --image "runner:$tag" --file runner-container/Dockerfile .
  az acr build --registry "$AZURE_CONTAINER_REGISTRY_NAME" --image "setup:$tag" --file infra/setup/Dockerfile .
  azd env set ALGA_IMAGE_TAG "$tag"
  # Comes back here with the tag set, and goes on below.
  azd provision
  exit 0
fi
az containerapp job start --resource-group "$AZURE_RESOURCE_GROUP" --name "$SETUP_JOB_NAME"
