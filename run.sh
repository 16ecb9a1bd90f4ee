#!/usr/bin/env bash
# Opens the shop on this machine: gets RabbitMQ if it is missing, starts a private node of it, builds, starts the shop, and
# takes down what it started when it ends.
set -uo pipefail

usage() {
  cat <<'END'
Usage: ./run.sh [arguments for the shop]

Opens the shop on http://localhost:5080, with RabbitMQ behind it; Ctrl-C closes it again.
Everything it writes is kept in .data (orders, messages, logs); delete the folder to begin anew.

  ASPNETCORE_URLS    other addresses for the shop
  Broker__Uri        a broker to use, instead of the one on localhost:5672 or a private one
  Staff__Password    the staff's password, instead of the one made up at the first start
  Simulation__Allowed=false   no played customers and no bad weather from the back office
  Any other setting of the shop works the same way, or as an argument: --Simulation:TimeScale=0
END
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$root/.ci/lib.sh"

data=$root/.data
logs=$data/logs
pids=$data/pids # of what a run started, so that a later run finds what a killed one left
shop_dll=$root/Storefront.Web/bin/Release/net10.0/Storefront.Web.dll

main() {
  case ${1-} in -h | --help) usage; exit ;; esac
  command -v dotnet >/dev/null || die "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download"
  mkdir -p "$logs" "$pids"
  if is_running run "run.sh"; then die "The shop is open already (process $(cat "$pids/run")); end that one first."; fi
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  trap leave EXIT
  echo $$ >"$pids/run"
  end shop "$shop_dll" # of a run that was killed
  choose_address "$@"

  node="" broker_management=""
  adopt_node || end_node
  broker_uri=${Broker__Uri-}
  if [ -n "$broker_uri" ]; then
    broker_note="the one that Broker__Uri names"
  elif [ -n "$node" ]; then
    use_node
  elif speaks_amqp 127.0.0.1 5672 || speaks_amqp ::1 5672; then
    broker_note="the one that runs on localhost:5672 already"
  elif server=$(rabbitmq_server) || { get_packages "$logs/packages.log" rabbitmq-server rabbitmq && server=$(rabbitmq_server); }; then
    start_node
  else
    broker_note="none: it is not installed, and ${why-the package holds no rabbitmq-server}. Orders are taken, and wait."
  fi
  build_shop || exit 1
  [ -z "$node" ] || await_node
  run_shop "$@"
}

# ---- The shop

# Sets $url, where the shop will listen, and $address, where this script asks for it.
choose_address() {
  local previous="" argument
  url=${ASPNETCORE_URLS-${URLS-${Urls-${urls-}}}}
  for argument; do
    case $previous in --urls | --Urls) url=$argument ;; esac
    case $argument in --urls=* | --Urls=*) url=${argument#*=} ;; esac
    previous=$argument
  done
  own_address=$url
  url=${url:-http://localhost:5080}
  address=$(printf %s "${url%%;*}" | sed -E 's,//([*+]|0\.0\.0\.0|\[::\]),//localhost,; s,/$,,')
  host=$(printf %s "$address" | sed -E 's,^[a-z]+://,,; s,:[0-9]+$,,; s,[][],,g')
  port=${address##*:}
  case $port in *[!0-9]*) port=80 ;; esac
  if [ -z "$own_address" ] && is_taken 5080; then
    die "Port 5080 is taken by another program; end it, or say where the shop shall listen: ASPNETCORE_URLS=http://localhost:5081 ./run.sh"
  fi
}

# Builds, unless the sources are those that the last build was made of.
build_shop() {
  local stamp=$data/built sources
  sources=$(cd "$root" && find Storefront.Web Storefront.Workers wwwroot-assets Directory.*.props global.json .editorconfig -name bin -prune -o -name obj -prune \
    -o -type f -exec cksum {} + | LC_ALL=C sort | cksum)
  if [ -f "$shop_dll" ] && [ ! "$shop_dll" -nt "$stamp" ] && [ "$(cat "$stamp")" = "$sources" ]; then return; fi
  say "Building …"
  build "$logs/build.log" "$root/Storefront.Web" && say "$sources" >"$stamp"
}

run_shop() {
  cd "$root/Storefront.Web" || exit 1 # its settings are there
  Broker__Uri=$broker_uri Broker__Management=${Broker__Management-$broker_management} Data__Folder=${Data__Folder-$data} \
    Simulation__Allowed=${Simulation__Allowed-true} dotnet "$shop_dll" --urls "$url" ${1+"$@"} &
  shop=$!
  echo $shop >"$pids/shop"
  until is_live; do
    kill -0 $shop 2>/dev/null || break
    sleep 0.1
  done
  kill -0 $shop 2>/dev/null && summary
  wait $shop
  code=$?
  say "The shop ended by itself (exit code $code)."
  [ $code != 0 ] || code=1
  exit $code
}

is_live() (
  case $address in https:*) is_open "$host" "$port"; exit ;; esac
  exec 2>/dev/null 3<>"/dev/tcp/$host/$port" || exit
  printf 'GET /health/live HTTP/1.0\r\nHost: %s\r\n\r\n' "$host" >&3
  IFS= read -r -t 5 line <&3
  case $line in *" 200 "*) ;; *) exit 1 ;; esac
)

summary() {
  cat <<END

  Shop         $address
  Back office  $address/backoffice
               The staff's password is in the output above at the shop's first start ("Staff password: …", shown
               once); to set one of your own: Staff__Password=… ./run.sh
  RabbitMQ     $broker_note
  Ctrl-C closes the shop.

END
}

# ---- The private RabbitMQ node

# Starts it, without waiting for it: it needs some seconds, and so does the build.
start_node() {
  local folder=$data/broker epmd_port distribution
  amqp=$(free_port 5672) management=$(free_port 15672) epmd_port=$(free_port 24369) distribution=$(free_port 25673)
  mkdir -p "$folder"
  cat >"$folder/rabbitmq.conf" <<END
listeners.tcp.1 = 127.0.0.1:$amqp
management.tcp.ip = 127.0.0.1
management.tcp.port = $management
log.file.rotation.size = 10485760
log.file.rotation.count = 3
END
  echo '[rabbitmq_management].' >"$folder/enabled_plugins"
  : >"$folder/rabbitmq-env.conf" # in place of the machine's
  for name in ${!RABBITMQ_@}; do unset "$name"; done
  export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$epmd_port

  # A node that finds no epmd starts one of its own, which would stay: so this one has to answer first.
  epmd -port "$epmd_port" </dev/null >"$logs/epmd.log" 2>&1 &
  echo $! >"$pids/epmd"
  until epmd -port "$epmd_port" -names >/dev/null 2>&1 || ! kill -0 $! 2>/dev/null; do sleep 0.05; done

  # RUNNING_UNDER_SYSTEMD makes the start script become the node, instead of watching over it; +B i leaves Ctrl-C to this script;
  # +sbw: its threads do not spin while they wait for work, on cores that it shares with the shop;
  # -storefront means nothing to the node, and tells it from others in the list of processes.
  env HOME="$folder" RABBITMQ_NODENAME=storefront@localhost RABBITMQ_DIST_PORT="$distribution" \
    RABBITMQ_MNESIA_BASE="$folder/data" RABBITMQ_LOG_BASE="$logs" RABBITMQ_CONFIG_FILE="$folder/rabbitmq.conf" \
    RABBITMQ_CONF_ENV_FILE="$folder/rabbitmq-env.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$folder/enabled_plugins" \
    RABBITMQ_SERVER_START_ARGS="+B i +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}" RUNNING_UNDER_SYSTEMD=true \
    "$server" -storefront "$folder" </dev/null >"$logs/rabbitmq.console.log" 2>&1 &
  node=$!
  echo $node >"$pids/node"
  echo "$amqp $management" >"$pids/ports"
  use_node
}

# Takes over the node that a killed run has left, if there is one and it is well.
adopt_node() {
  is_running node "-storefront $data/broker" && read -r amqp management <"$pids/ports" && speaks_amqp 127.0.0.1 "$amqp" && node=$(cat "$pids/node")
}

use_node() {
  broker_uri=amqp://guest:guest@127.0.0.1:$amqp broker_management=http://127.0.0.1:$management
  broker_note="http://localhost:$management (guest / guest); AMQP on port $amqp"
}

await_node() {
  local patience=600
  until speaks_amqp 127.0.0.1 "$amqp"; do
    patience=$((patience - 1))
    if [ $patience = 0 ] || ! kill -0 "$node" 2>/dev/null; then
      broker_note="none: the node did not start (see $logs/rabbitmq.console.log). Orders are taken, and wait."
      return
    fi
    sleep 0.1
  done
}

# A broker answers a protocol version it does not know with the name of its own.
speaks_amqp() (
  exec 2>/dev/null 3<>"/dev/tcp/$1/$2" || exit
  printf 'AMQP\0\0\0\0' >&3
  IFS= read -r -t 3 -n 4 answer <&3
  [ "$answer" = AMQP ]
)

# ---- Ports and processes

is_open() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }
is_taken() { is_open 127.0.0.1 "$1" || is_open ::1 "$1"; }

free_port() {
  local candidate=$1
  while is_taken "$candidate"; do candidate=$((candidate + 1)); done
  say "$candidate"
}

# is_running NAME TEXT: the process noted under that name lives, and is the one that was noted: its command line holds the text.
is_running() {
  local id command
  [ -f "$pids/$1" ] || return
  id=$(cat "$pids/$1")
  if [ -r "/proc/$id/cmdline" ]; then command=$(tr '\0' ' ' <"/proc/$id/cmdline" 2>/dev/null); else command=$(ps -p "$id" -o args= 2>/dev/null); fi
  case $command in *"$2"*) return 0 ;; esac
  return 1
}

# end NAME TEXT: asks the process to end, and insists after a while.
end() {
  local id patience=150
  if is_running "$1" "$2"; then
    id=$(cat "$pids/$1")
    kill "$id" 2>/dev/null
    while is_running "$1" "$2"; do
      patience=$((patience - 1))
      [ $patience != 0 ] || kill -9 "$id" 2>/dev/null
      sleep 0.1
    done
  fi
  rm -f "$pids/$1"
}

end_node() {
  end node "-storefront $data/broker"
  end epmd "epmd -port"
}

leave() {
  trap '' INT TERM HUP
  [ ! -f "$pids/shop" ] || say "Closing …" 2>/dev/null
  end shop "$shop_dll"
  end_node
  rm -f "$pids/run"
}

main ${1+"$@"}
