#!/usr/bin/env bash
# Gets what the tests need if it is missing, builds, and runs them. The last line tells how many passed and failed.
set -uo pipefail

usage() {
  cat <<'END'
Usage: ./test.sh [part of a test's name ...]
       ./test.sh postgres [part of a test's name ...]
       ./test.sh [postgres] soak MINUTES [SEED]
       ./test.sh pictures

Runs all tests with the shop on SQLite, then those again with the shop on PostgreSQL that have most to do with the database. With parts: those on
SQLite whose full name (Storefront.Tests.Orders.Placing_an_order.Yields_a_number) contains one of them.

postgres: the shop is on PostgreSQL, and all tests run, or those named, or the soak.

soak runs none of them. For so many minutes (1 to 1440) it does harm to the shop's process and to its broker, at random, while
customers order; then it undoes all of it and checks that nothing was lost and nothing done twice. The same SEED (a number up to
999999999; otherwise one is made up, and printed) chooses the same faults. Diary, data and logs: TestResults/soak.

pictures runs none of them either: it takes the README's pictures anew, into Storefront.Tests/Browser/Pictures.
END
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$root/.ci/lib.sh"

results=$root/TestResults
# What runs on PostgreSQL as well when all tests run: parts of names.
database_tests=".Data. .Orders. .Shop.A_private_PostgreSQL. .Messaging.An_order_through_RabbitMQ. .Messaging.A_cancelled_order_on_RabbitMQ. .Messaging.The_outbox.
  .BackOffice.Finding_orders. .Nodes.Two_web_and_two_work_processes. .Faults.A_database_server_in_trouble. .Faults.A_shop_that_is_killed."
tests=$root/Storefront.Tests/bin/Release/net10.0/Storefront.Tests.dll

main() {
  case ${1-} in -h | --help) usage; exit ;; esac
  database=Sqlite
  [ "${1-}" != postgres ] || { database=Postgres; shift; }
  [ "${1-}" != soak ] || check_soak "$@"
  command -v dotnet >/dev/null || die "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download"
  mkdir -p "$results"
  rm -f "$results"/tests*.xml
  get_what_the_tests_need
  build "$results/build.log" "$root/Storefront.sln" || die "The build failed."
  [ "${1-}" != soak ] || { run_soak; return; }
  [ "${1-}" != pictures ] || { take_pictures; return; }
  run_tests $database "$@"
  [ $# != 0 ] || [ $database = Postgres ] || run_tests Postgres $database_tests
  tell
}

# Sets $minutes and $seed.
check_soak() {
  [ $# -ge 2 ] && [ $# -le 3 ] || die "soak takes MINUTES and, if wanted, SEED: ./test.sh soak 10 4711"
  minutes=$2 seed=${3-$((RANDOM * 30000 + RANDOM % 30000))}
  case $minutes in *[!0-9]* | "" | ?????*) minutes=0 ;; esac
  minutes=$((10#$minutes))
  [ $minutes -ge 1 ] && [ $minutes -le 1440 ] || die "MINUTES must be a whole number from 1 to 1440; it is '$2'."
  case $seed in *[!0-9]* | "" | ??????????*) die "SEED must be a whole number from 0 to 999999999; it is '$seed'." ;; esac
  seed=$((10#$seed))
}

get_what_the_tests_need() {
  local debian="" brew="" need
  rabbitmq_server >/dev/null || { debian+=" rabbitmq-server"; brew+=" rabbitmq"; }
  has_postgres || { debian+=" postgresql"; brew+=" postgresql@16"; }
  has_chromium || { debian+=" chromium"; brew+=" google-chrome"; }
  command -v pdftotext >/dev/null || { debian+=" poppler-utils"; brew+=" poppler"; }
  export PYTHON=/usr/bin/python3 # the one that has pika, for the tests
  if [ "$(uname)" = Darwin ]; then # Homebrew has no pika: it gets a folder of its own
    PYTHON=$root/.data/python/bin/python3
    has_pika || { python3 -m venv "$root/.data/python" && "$PYTHON" -m pip install --quiet pika; } >"$results/packages.log" 2>&1
  else
    has_pika || debian+=" python3-pika"
  fi
  [ -z "$debian" ] || get_packages "$results/packages.log" "${debian# }" "${brew# }" || say "The tests need$debian, but $why." >&2
}

has_postgres() {
  command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb /usr/local/opt/postgresql*/bin/initdb >/dev/null 2>&1
}

has_pika() { "$PYTHON" -c 'import pika' 2>/dev/null; }

has_chromium() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    [ -x "/Applications/Chromium.app/Contents/MacOS/Chromium" ] || [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}

passed=0 failed=0 skipped=0 broken=0 stopped=0

# run_tests DATABASE [PART ...]: adds to $passed, $failed and $skipped; $broken says that a run did not end well.
run_tests() {
  local database=$1 part filters code f s
  local report=$results/tests-$database.xml
  shift
  [ $stopped = 0 ] || return
  filters=()
  for part; do filters+=(-method "*$part*"); done
  cd "$root/Storefront.Tests" || exit 1
  trap 'stopped=1; kill $runner 2>/dev/null' INT TERM HUP
  STOREFRONT_TEST_DATABASE=$database dotnet "$tests" -noLogo -noColor ${filters[@]+"${filters[@]}"} -result-xml "$report" </dev/null &
  runner=$!
  wait $runner
  code=$?
  while kill -0 $runner 2>/dev/null; do wait $runner; done # a signal has interrupted the waiting

  [ -f "$report" ] || die "The tests on $database did not come to an end (exit code $code)."
  f=$(($(count failed) + $(count errors))) s=$(count skipped)
  passed=$((passed + $(count total) - $(count failed) - s - $(count not-run))) failed=$((failed + f)) skipped=$((skipped + s))
  [ $code = 0 ] || broken=1
}

# The last line.
tell() {
  [ $((passed + failed)) != 0 ] || say "No test ran."
  say "$passed passed, $failed failed$([ "$skipped" = 0 ] || printf ', %s skipped' "$skipped")"
  [ $failed = 0 ] && [ $broken = 0 ] && [ $passed != 0 ]
}

# Whatever it starts hangs on a lifeline to the tests' process, and ends with it however that ends.
run_soak() {
  rm -rf "$results/soak"
  mkdir -p "$results/soak"
  export STOREFRONT_TEST_DATABASE=$database STOREFRONT_SOAK_MINUTES=$minutes STOREFRONT_SOAK_SEED=$seed STOREFRONT_SOAK_FOLDER=$results/soak
  say "Soak: $minutes minutes, seed $seed; what happens when is written to $results/soak/diary.log"
  cd "$root/Storefront.Tests" || exit 1
  trap 'kill -9 $runner 2>/dev/null; exit 130' INT TERM HUP
  dotnet "$tests" -noLogo -noColor -explicit only -class Storefront.Tests.Faults.Soak.A_long_run -result-xml "$results/soak/tests.xml" >"$results/soak/run.log" 2>&1 </dev/null &
  runner=$!
  wait $runner
  code=$?
  if [ -f "$results/soak/figures.txt" ]; then cat "$results/soak/figures.txt"; else cat "$results/soak/run.log"; fi
  if [ $code = 0 ]; then say "All six promises hold."; else say "Something broke: see above, and $results/soak." >&2; fi
  return $code
}

take_pictures() {
  cd "$root/Storefront.Tests" || exit 1
  STOREFRONT_PICTURES=$root/Storefront.Tests/Browser/Pictures dotnet "$tests" -noLogo -noColor -explicit only -class Storefront.Tests.Browser.Pictures.The_pictures_of_the_readme </dev/null
}

# A number of the run's own report: <assembly … total="5" failed="0" …>
count() { sed -nE 's/.*<assembly [^>]* '"$1"'="([0-9]+)".*/\1/p' "$report" | head -1 | grep . || say 0; }

main ${1+"$@"}
