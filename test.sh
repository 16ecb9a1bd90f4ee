#!/usr/bin/env bash
# Gets what the tests need if it is missing, builds, and runs them. The last line tells how many passed and failed.
set -uo pipefail

usage() {
  cat <<'END'
Usage: ./test.sh [part of a test's name ...]

Runs all tests, or those whose full name (Storefront.Tests.Orders.Placing_an_order.Yields_a_number) contains one of the parts.
END
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$root/.ci/lib.sh"

results=$root/TestResults
tests=$root/Storefront.Tests/bin/Release/net10.0/Storefront.Tests.dll

main() {
  case ${1-} in -h | --help) usage; exit ;; esac
  command -v dotnet >/dev/null || die "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download"
  mkdir -p "$results"
  rm -f "$results/tests.xml"
  get_what_the_tests_need
  build "$results/build.log" "$root/Storefront.sln" || die "The build failed."
  run_tests "$@"
}

get_what_the_tests_need() {
  local debian="" brew="" need
  rabbitmq_server >/dev/null || { debian+=" rabbitmq-server"; brew+=" rabbitmq"; }
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

has_pika() { "$PYTHON" -c 'import pika' 2>/dev/null; }

has_chromium() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    [ -x "/Applications/Chromium.app/Contents/MacOS/Chromium" ] || [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}

run_tests() {
  local part code filters
  filters=()
  for part; do filters+=(-method "*$part*"); done
  cd "$root/Storefront.Tests" || exit 1
  trap 'kill $runner 2>/dev/null' INT TERM HUP
  dotnet "$tests" -noLogo -noColor ${filters[@]+"${filters[@]}"} -result-xml "$results/tests.xml" </dev/null &
  runner=$!
  wait $runner
  code=$?
  while kill -0 $runner 2>/dev/null; do wait $runner; done # a signal has interrupted the waiting

  [ -f "$results/tests.xml" ] || die "The tests did not come to an end (exit code $code)."
  local failed skipped passed
  failed=$(($(count failed) + $(count errors))) skipped=$(count skipped)
  passed=$(($(count total) - $(count failed) - skipped - $(count not-run)))
  [ $((passed + failed)) != 0 ] || say "No test ran."
  say "$passed passed, $failed failed$([ "$skipped" = 0 ] || printf ', %s skipped' "$skipped")"
  [ $failed = 0 ] && [ $code = 0 ] && [ $passed != 0 ]
}

# A number of the run's own report: <assembly … total="5" failed="0" …>
count() { sed -nE 's/.*<assembly [^>]* '"$1"'="([0-9]+)".*/\1/p' "$results/tests.xml" | head -1 | grep . || say 0; }

main ${1+"$@"}
