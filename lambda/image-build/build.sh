# What CodeBuild runs in the folder of the source; words come from the function, and none of them is read as shell.
set -euo pipefail
for registry in $REGISTRIES; do
  region=$(cut -d. -f4 <<< "$registry")
  aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "$registry"
done
if [ -n "$COPIED_IMAGE" ]; then printf 'FROM %s\n' "$COPIED_IMAGE" > Dockerfile; fi
mapfile -d '' -t arguments < <(base64 --decode <<< "$DOCKER_ARGUMENTS")
docker "${arguments[@]}"
