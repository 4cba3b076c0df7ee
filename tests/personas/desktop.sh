#!/usr/bin/env bash
# A headless desktop with the Orca screen reader; runs a driver in it that opens a browser, hears speech and presses keys.
#   xvfb-run -a -s "-screen 0 1280x1024x24" dbus-run-session -- tests/personas/desktop.sh DRIVER [ARG ...]
# The driver finds Orca's debug log in $ORCA_LOG (lines SPEECH OUTPUT: '...') and a folder of its own in $DESKTOP.
# Debian: orca speech-dispatcher python3-pyatspi at-spi2-core dbus-x11 openbox xdotool xvfb xauth
set -u
work=$(mktemp -d)
mine() { for pid in $(jobs -p); do kill "$pid" 2>/dev/null; done; sleep 1; rm -rf "$work"; }
trap mine EXIT
export DESKTOP=$work HOME=$work/home XDG_RUNTIME_DIR=$work/run LANG=C.UTF-8 ORCA_LOG=$work/orca.log
export GNOME_ACCESSIBILITY=1 GTK_MODULES=gail:atk-bridge NO_AT_BRIDGE=0 MOZ_ENABLE_WAYLAND=0
mkdir -p "$HOME/.config/speech-dispatcher/modules" "$HOME/.local/share/orca" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
cat > "$HOME/.config/speech-dispatcher/speechd.conf" <<CONF
LogLevel 1
LogDir "$HOME"
AddModule "dummy" "sd_dummy" ""
DefaultModule dummy
AudioOutputMethod "alsa"
CONF
cat > "$HOME/.local/share/orca/orca-customizations.py" <<'PY'
# Orca buffers its log: flush each line, or what is heard lags one key behind.
import orca.debug as debug
_println = debug.println
def println(*args, **kwargs):
    _println(*args, **kwargs)
    try:
        debug.debugFile.flush()
    except Exception:
        pass
debug.println = println
PY
openbox & /usr/libexec/at-spi-bus-launcher --launch-immediately & sleep 1
for flag in IsEnabled ScreenReaderEnabled; do
  gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus \
    --method org.freedesktop.DBus.Properties.Set org.a11y.Status $flag '<true>' >/dev/null
done
orca --replace --debug-file="$ORCA_LOG" >"$work/orca.out" 2>&1 &
for _ in $(seq 60); do grep -q "SPEECH OUTPUT" "$ORCA_LOG" 2>/dev/null && break; sleep 0.5; done
"$@"
