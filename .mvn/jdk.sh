# shellcheck shell=dash
# Where a JDK is that builds and runs ShopFlow. Read by ./shopflow (bash 3.2 too) and by ./mvnw (any sh), which everything
# else builds with.

least_java=21

# The major version of the JDK in a folder: 21 for 21.0.4, nothing where there is no JDK.
java_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  local version=""
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | head -n 1)
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1) || true
  fi
  printf '%s' "$version"
}

# The folder of a java program: through links, without bin/java.
home_of_program() {
  local program="$1" link
  while [ -L "$program" ]; do
    link=$(readlink "$program")
    case $link in
      /*) program=$link ;;
      *) program=$(dirname "$program")/$link ;;
    esac
  done
  dirname "$(dirname "$program")"
}

# Where a JDK may be, a folder a line; what the user names comes first.
java_candidates() {
  local program
  [ -z "${SHOPFLOW_JAVA_HOME:-}" ] || printf '%s\n' "$SHOPFLOW_JAVA_HOME"
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  if program=$(command -v java); then home_of_program "$program"; fi
  if [ -x "${SHOPFLOW_JAVA_HOME_TOOL:-/usr/libexec/java_home}" ]; then
    "${SHOPFLOW_JAVA_HOME_TOOL:-/usr/libexec/java_home}" -v "$least_java+" 2>/dev/null || true
  fi
  local folder
  for folder in \
    "${SHOPFLOW_JVM_FOLDER:-/usr/lib/jvm}"/* \
    "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* \
    "$HOME"/.jdks/* \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -d "$folder" ]; then printf '%s\n' "$folder"; fi
  done
}

find_java() {
  local candidate version seen=""
  while IFS= read -r candidate; do
    version=$(java_version "$candidate")
    if [ -n "$version" ] && [ "$version" -ge "$least_java" ] 2>/dev/null; then
      printf '%s' "$candidate"
      return 0
    fi
    [ -z "$version" ] || seen="$seen $candidate ($version)"
  done <<EOF
$(java_candidates)
EOF
  {
    echo "ShopFlow needs a JDK $least_java or newer, and there is none here."
    [ -z "$seen" ] || echo "Found only:$seen"
    case $(uname -s) in
      Darwin) echo "Install one, for example:  brew install openjdk@$least_java" ;;
      *) echo "Install one, for example:  apt install openjdk-$least_java-jdk   (or https://adoptium.net)" ;;
    esac
    echo "If you have one elsewhere, name its folder:  SHOPFLOW_JAVA_HOME=/path/to/jdk ./shopflow ..."
  } >&2
  return 1
}
