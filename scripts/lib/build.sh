# shellcheck shell=bash
# Sourced by the commands beside this folder that run what they build: builds it only when sources have changed.

# up_to_date STAMP PATH...: whether the library, and everything under the paths, is as it was when STAMP was written.
up_to_date() {
  [ -f "$1" ] &&
    [ -z "$(find "$root"/pom.xml "$root"/java/trendflex/{pom.xml,src/main} "$root"/rust/Cargo.* \
      "$root"/rust/trendflex{,-ffi} "${@:2}" -newer "$1")" ]
}

# One build at a time, until unlock. Programs that are started meanwhile may outlive the lock and must not inherit it:
# hence 9<&- there.
lock() {
  exec 9<"$root/pom.xml"
  ! command -v flock >/dev/null || flock 9
}

unlock() {
  exec 9<&-
}

# build STAMP OPTION...: packages with Maven, and writes STAMP.
build() {
  local stamp=$1 log=${1%/*}/build.log name=${script##*/}
  printf '%s: building; the first time takes a minute or two (output in %s)\n' "$name" "$log" >&2
  mkdir -p "${stamp%/*}"
  touch "$stamp.new" # its time becomes that of the build: a source changed meanwhile is newer
  (cd "$root" && mvn --batch-mode --quiet --also-make "${@:2}" package) </dev/null >"$log" 2>&1 9<&- || {
    grep -v '^ *at ' "$log" | tail -n 40 >&2 # without the stack of Maven's own calls
    printf '%s: the build failed; its whole output is in %s\n' "$name" "$log" >&2
    exit 1
  }
  mv "$stamp.new" "$stamp"
}
