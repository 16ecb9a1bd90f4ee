# What run.sh and test.sh have in common: getting packages, and building. Sourced by them; bash 3.2 (macOS) is enough.

# Homebrew's programs, also for a shell that was not set up for them.
PATH=$PATH:/opt/homebrew/bin:/opt/homebrew/sbin:/usr/local/bin:/usr/local/sbin

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# No build server stays behind when the script has ended.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# The start script of RabbitMQ itself. On Debian, the one on the PATH is a wrapper that switches to another user.
rabbitmq_server() {
  if [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then say /usr/lib/rabbitmq/bin/rabbitmq-server; else command -v rabbitmq-server; fi
}

# get_packages LOG "DEBIAN'S NAMES" "HOMEBREW'S NAMES": installs them; otherwise sets $why and returns 1.
get_packages() {
  local log=$1 debian=$2 brew=$3 sudo=""
  if command -v apt-get >/dev/null; then
    if [ "$(id -u)" != 0 ]; then
      sudo=sudo
      [ -t 0 ] || sudo="sudo -n" # nobody is there to type a password
      $sudo true 2>/dev/null || { why="that takes root or sudo (apt-get install $debian)"; return 1; }
    fi
    say "Getting $debian with apt-get; this happens once …"
    apt_get_install "$log" "$sudo" $debian || { why="apt-get failed (see $log)"; return 1; }
  elif command -v brew >/dev/null; then
    say "Getting $brew with Homebrew; this happens once …"
    HOMEBREW_NO_AUTO_UPDATE=1 brew install $brew >>"$log" 2>&1 </dev/null || { why="Homebrew failed (see $log)"; return 1; }
  else
    why="there is neither apt-get nor brew"
    return 1
  fi
}

# Debian starts a service as soon as it is installed, and at every boot from then on. Neither is wanted of a package that a
# script got for itself: policy-rc.d says so while the installation takes place, disabling says so for later.
apt_get_install() (
  log=$1 sudo=$2 policy=/usr/sbin/policy-rc.d
  shift 2
  exec >>"$log" 2>&1 </dev/null
  install="$sudo env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=120"
  if [ ! -e "$policy" ]; then
    trap '$sudo rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM HUP
    printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" && $sudo chmod 755 "$policy"
  fi
  # The list of packages is fetched only if the one that is there (or missing) does not do.
  $install "$@" || { $sudo apt-get update && $install "$@"; } || exit 1
  for service in rabbitmq-server postgresql; do
    case " $* " in *" $service "*) $sudo systemctl disable $service || true ;; esac
  done
)

# build LOG PROJECT: in Release; quiet unless it fails.
build() {
  dotnet build "$2" -c Release -v quiet -p:UseSharedCompilation=false -p:UseRazorBuildServer=false >"$1" 2>&1 </dev/null && return
  awk '!seen[$0]++' "$1" >&2 # the tool says every error twice
  return 1
}
