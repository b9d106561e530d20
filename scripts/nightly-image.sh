#!/usr/bin/env bash
# Builds the container kit's image from its Dockerfile, without Docker and without a registry, and runs the check of the contract in the
# image's own file system. Needs root, mmdebstrap and buildah, and takes minutes: for a nightly task, not for every change.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD

for tool in mmdebstrap buildah unshare python3; do
  command -v "$tool" >/dev/null || { echo "NOT INSTALLED: $tool" >&2; exit 2; }
done
[ "$(id -u)" -eq 0 ] || { echo 'this needs root' >&2; exit 2; }

work=$(mktemp -d)
export STORAGE_DRIVER=vfs
build() { buildah --root "$work/storage" --runroot "$work/run" "$@"; }
container=
clean() {
  [ -z "$container" ] || build rm "$container" >/dev/null || true
  rm -rf "$work"
}
trap clean EXIT
trap 'exit 143' TERM INT

echo '== base image'
mkdir "$work/base"
mmdebstrap --quiet --variant=minbase --include=python3,python3-pip,nginx-light,ca-certificates bookworm "$work/base/root.tar"
printf 'FROM scratch\nADD root.tar /\n' > "$work/base/Dockerfile"
build bud --isolation chroot --quiet --tag base "$work/base"
rm -r "$work/base"

echo '== image of the template with the code of the example'
cp -r container-kit/template "$work/context"
cp container-kit/examples/diabetes/{model.py,requirements.txt} "$work/context/code/"
# pip must trust what this machine trusts
build bud --isolation chroot --pull-never --volume /etc/ssl/certs:/etc/ssl/certs:ro --build-arg BASE_IMAGE=localhost/base --tag kit "$work/context"

for label in accept-bind-to-port multi-models; do
  found=$(build inspect --type image --format "{{index .OCIv1.Config.Labels \"com.amazonaws.sagemaker.capabilities.$label\"}}" localhost/kit)
  [ "$found" = true ] || { echo "the image lacks the label $label" >&2; exit 1; }
done
path=$(build inspect --type image --format '{{range .OCIv1.Config.Env}}{{println .}}{{end}}' localhost/kit | sed -n 's/^PATH=//p')
container=$(build from --pull-never localhost/kit)
root=$(build mount "$container")
echo "== check in $(du -sh --one-file-system "$root" | cut -f1)"

# The model of the tests, which can be slow on demand; folders have the same path inside and outside.
mkdir -p "$work/shared/tmp" "$work/shared/run" "$root$work/shared"
cp test/container-kit/slow_model.py "$work/shared/"
chmod -R a+rX "$work" "$root$work"
inside="chroot $root /usr/bin/env -u PYTHONHOME PATH=$path SAGEMAKER_PROGRAM=$work/shared/slow_model.py PYTHONPATH=/opt/code"
export TMPDIR=$work/shared/tmp KIT_RUN_DIR=$work/shared/run KIT_BIND_ADDRESS=127.0.0.1 PYTHONDONTWRITEBYTECODE=1
# The mounts end with the last process in this namespace.
unshare --mount bash -euo pipefail -c '
  root=$1 shared=$2 check=$3 inside=$4
  mount --rbind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount --bind "$shared" "$root$shared"
  python3 "$check" --strict --train "$inside train" --serve "$inside serve" \
    --preprocess "$inside python3 /opt/ml/code/preprocess.py" --evaluate "$inside python3 /opt/ml/code/evaluate.py" \
    --multi-model --slow-body "{\"instances\": [[-1, {seconds}]]}" --timeout 3 | tee "$shared/found"
' bash "$root" "$work/shared" "$repository/container-kit/check" "$inside"
tail -n 1 "$work/shared/found" | grep -q ', 0 skipped$' || { echo 'not everything was checked' >&2; exit 1; }
