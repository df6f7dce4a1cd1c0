# shellcheck shell=bash
# Sourced by the commands beside this folder: finds the tools that they need, or says how to get them.

readonly oldest_jdk=25

# Prints the home of the first JDK that is new enough. Starts no JVM and no other program for each home, because
# scripts/trendflex calls it at every start.
find_jdk() {
  local java home key version
  java=$(command -v java) && java=$(readlink -f "$java")
  for home in \
    "${JAVA_HOME:-}" \
    "${java%/bin/java}" \
    /usr/lib/jvm/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/*; do
    if [ -r "$home/release" ] && [ -x "$home/bin/javac" ]; then
      while IFS='=".-' read -r key _ version _; do # such as JAVA_VERSION="25.0.3"
        if [ "$key" = JAVA_VERSION ] && [ "$version" -ge "$oldest_jdk" ]; then
          printf '%s\n' "$home"
          return
        fi
      done <"$home/release"
    fi
  done
  return 1
}

# require TOOL...: ends the script, naming all that is missing, unless every tool is there. After jdk, JAVA_HOME names a
# JDK that is new enough.
require() {
  local tool missing=
  for tool; do
    case $tool in
      jdk)
        JAVA_HOME=$(find_jdk) ||
          lacking "JDK $oldest_jdk or newer" "install one (https://adoptium.net) or point JAVA_HOME to it"
        export JAVA_HOME
        ;;
      maven)
        command -v mvn >/dev/null ||
          lacking 'Maven (mvn)' 'install the package maven or see https://maven.apache.org/install.html'
        ;;
      git)
        command -v git >/dev/null || lacking 'Git (git)' 'install the package git'
        ;;
      python)
        python3 -c 'import ensurepip, venv' 2>/dev/null ||
          lacking 'Python (python3) with venv' 'install the packages python3 and python3-venv'
        ;;
      rust)
        command -v cargo >/dev/null || lacking 'Rust (cargo)' 'install it from https://rustup.rs'
        ;;
      nightly)
        cargo +nightly --version >/dev/null 2>&1 || lacking 'nightly Rust' 'run: rustup toolchain install nightly'
        ;;
      nightly-sources)
        ls "$(rustc +nightly --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library" >/dev/null 2>&1 ||
          lacking 'nightly Rust with the sources of its library' \
            'run: rustup toolchain install nightly --component rust-src'
        ;;
      miri)
        cargo +nightly miri --version >/dev/null 2>&1 ||
          lacking 'Miri' 'run: rustup toolchain install nightly --component miri'
        ;;
      rust-checks)
        { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1 ||
          lacking 'rustfmt or clippy' 'run: rustup component add rustfmt clippy'
        ;;
      linker)
        # On Windows Rust looks for Microsoft's by itself.
        [ "${OS:-}" = Windows_NT ] || cc --version >/dev/null 2>&1 ||
          lacking 'C linker (cc), which Rust needs,' 'install gcc or clang; on macOS run: xcode-select --install'
        ;;
    esac
  done
  [ -z "$missing" ] || exit 1
}

# Prints the version that all poms have.
project_version() {
  sed -n '/<artifactId>trendflex-parent</,/<\/version>/ s:.*<version>\(.*\)</version>:\1:p' "$root/pom.xml"
}

# lacking TOOL REMEDY
lacking() {
  printf '%s: no %s found: %s\n' "${0##*/}" "$1" "$2" >&2
  missing=1
}
