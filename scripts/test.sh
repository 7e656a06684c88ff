#!/usr/bin/env bash
# Runs the suites that guard a merge; one closing line for each.
#   scripts/test.sh [go|web|browser]…   (default: all)
set -uo pipefail
cd "$(dirname "$0")/.."
suites=("$@"); [ "${#suites[@]}" -gt 0 ] || suites=(go web browser)
scripts/need.sh go node npm || exit 1
scripts/packages.sh || exit 1
export LINLI_TEST_REQUIRE=1
failed=0
closing=()

close() { # name, status, detail
  if [ "$2" -eq 0 ]; then closing+=("$1: passed${3:+ ($3)}"); else closing+=("$1: FAILED${3:+ ($3)}"); failed=1; fi
}

for s in "${suites[@]}"; do
  start=$SECONDS
  case $s in
    go)
      # Bids are also sealed as a browser seals them.
      make --no-print-directory frontend/node_modules/.installed || exit 1
      # Stripe's own stand-in checks the shape of what is sent to it.
      [ -x .tools/bin/stripe-mock ] || GOBIN=$PWD/.tools/bin GOFLAGS=-trimpath go install github.com/stripe/stripe-mock@v0.183.0 || exit 1
      # The web application is embedded; its folder exists in a fresh clone.
      scripts/with-postgres.sh go test -race -timeout 20m ./backend/... ./migrations/... ./frontend/
      close "Go with -race on SQLite and PostgreSQL" $? "$((SECONDS - start)) s"
      ;;
    web)
      make --no-print-directory frontend/node_modules/.installed && (cd frontend && npm run --silent test)
      close "web units" $? "$((SECONDS - start)) s"
      ;;
    browser)
      make --no-print-directory build && scripts/with-postgres.sh scripts/browser.sh
      close "browser journeys" $? "$((SECONDS - start)) s"
      ;;
    *) echo "unknown suite $s" >&2; exit 2 ;;
  esac
done
echo
printf '%s\n' "${closing[@]}"
exit $failed
