#!/usr/bin/env bash
# Installs the Debian packages that tests need, where it may; otherwise names them and stops.
set -euo pipefail
wanted=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted+=(postgresql)
command -v chromium >/dev/null 2>&1 || wanted+=(chromium)
fc-list 2>/dev/null | grep -qi 'wqy\|noto.*cjk' || wanted+=(fonts-wqy-microhei fontconfig)
command -v xmllint >/dev/null 2>&1 || wanted+=(libxml2-utils)
[ "${#wanted[@]}" -eq 0 ] && exit 0
run=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then run=(sudo); else
    echo "Tests need these Debian packages, and this account may not install them: ${wanted[*]}" >&2
    exit 1
  fi
fi
command -v apt-get >/dev/null 2>&1 || { echo "Tests need these programs (Debian package names): ${wanted[*]}" >&2; exit 1; }
echo "Installing: ${wanted[*]}"
"${run[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
