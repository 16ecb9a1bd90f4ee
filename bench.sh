#!/usr/bin/env bash
# Measures the shop: gets RabbitMQ if it is missing, builds and publishes, starts everything that is measured, and takes it down again.
set -uo pipefail

usage() {
  cat <<'END'
Usage: ./bench.sh [case ...] [options]      these cases; without any: all of them, three times, beside a naive peer (15 minutes)
       ./bench.sh smoke [options]           all of them in about a minute: whether everything works; the figures say little
       ./bench.sh long [options]            all of them longer and five times
       ./bench.sh seed N [--database FILE]  makes a database with N finished orders (TestResults/seed-N.db); PostgreSQL:
                                            --database 'Host=…;Database=…' as a superuser, since references are not checked

Cases
  post-N      POST /order as fast as N connections go (closed loop)
  hot-N       the same, but everybody wants the same three goods: beside post-N, what waiting for rows of stock costs
  open-N      N orders a second, whether the shop keeps up or not (open loop)
  shipped     from the click to "shipped", at 50 orders a second
  drain       10,000 orders at once, until all departments are done with all of them; on PostgreSQL with what an order
              makes it write and the broker carry
  work-N      N work processes with few hands each beside one web process, on PostgreSQL: work-1 work-2 work-4 work-8 show what comes of more
  relay       what the one relay of a database carries by itself, on PostgreSQL
  pages-N     the store's pages as fast as N connections go
  browse-N    N pages a second, whether the shop keeps up or not
  first-load  what a browser with an empty cache transfers
  office      pages of the back office; of the order list every filter, sort, and second page (beside --seeded 10000 --seeded 1000000)
  news-N      from a change of an order to N streams of the hub, at 50 changes a second; news-N+page: and to an open page
  idle        what a shop costs that nobody visits
  start       from the start of the process to its first page

Options
  --shop [LABEL=]PATH   a built Storefront.Web.dll to measure instead of this checkout's; twice or more: side by side, in turns
  --set KEY=VALUE       a setting for the shops, for instance Messaging:QueueType=Quorum; may be repeated
  --naive               the naive peer beside the shops, also when cases are named
  --database NAME       sqlite, postgres or both: what everything is measured on (sqlite)
  --seeded N            every shop once more with N orders in its database, beside the one with none; may be repeated
  --seconds N           how long each case lasts (drain and relay excepted), instead of its own length
  --orders N            how many orders drain takes, or messages relay
  --rounds N            how often each case is measured; the table then shows medians, least and most
  --warm-up N           how many orders a program sees to before anything is measured
  --json FILE           where the figures go besides (TestResults/bench.json)
END
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$root/.ci/lib.sh"

results=$root/TestResults
tests=$root/Storefront.Tests/bin/Release/net10.0/Storefront.Tests.dll
shop=$root/Storefront.Web/bin/Release/net10.0/publish/Storefront.Web.dll

main() {
  local argument is_given="" on_server=""
  for argument; do
    case $argument in
      -h | --help) usage; exit ;;
      --shop) is_given=yes ;;
      postgres | both) on_server=yes ;;
    esac
  done
  command -v dotnet >/dev/null || die "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download"
  mkdir -p "$results"
  rabbitmq_server >/dev/null || get_packages "$results/packages.log" rabbitmq-server rabbitmq || die "The benchmark needs rabbitmq-server, but $why."
  [ -z "$on_server" ] || has_postgres || get_packages "$results/packages.log" postgresql postgresql@16 || die "The benchmark needs postgresql, but $why."
  build_all || die "The build failed."
  # Whatever it starts hangs on a lifeline to its process, and ends with it however that ends.
  if [ "${1-}" = seed ]; then exec dotnet "$tests" bench "$@" </dev/null; fi
  [ -n "$is_given" ] || set -- ${1+"$@"} --shop "shop=$shop"
  exec dotnet "$tests" bench --json "$results/bench.json" ${1+"$@"} </dev/null
}

# Debian keeps its programs off the PATH, a folder for each version; Homebrew likewise.
has_postgres() {
  local folder
  for folder in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do [ ! -x "$folder/initdb" ] || return 0; done
  command -v initdb >/dev/null
}

# Builds and publishes, unless the sources are those that the last build was made of.
build_all() {
  local stamp=$root/Storefront.Tests/bin/bench.sources sources
  sources=$(cd "$root" && find Storefront.* wwwroot-assets Directory.*.props global.json .editorconfig \( -name bin -o -name obj \) -prune \
    -o -type f -exec cksum {} + | LC_ALL=C sort | cksum)
  [ ! -f "$tests" ] || [ ! -f "$shop" ] || [ "$tests" -nt "$stamp" ] || [ "$(cat "$stamp")" != "$sources" ] || return 0
  say "Building …" >&2
  build "$results/build.log" "$root/Storefront.sln" && publish && say "$sources" >"$stamp"
}

publish() {
  local part
  for part in Storefront.Web Storefront.Workers; do
    dotnet publish "$root/$part" -c Release --no-build -v quiet -o "$root/$part/bin/Release/net10.0/publish" >"$results/publish.log" 2>&1 </dev/null ||
      { cat "$results/publish.log" >&2; return 1; }
  done
}

main ${1+"$@"}
