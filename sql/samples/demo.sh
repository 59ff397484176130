#!/usr/bin/env bash
# The demo: starts the embedded server, fills the shop over TCP, asks questions, and checks the answers.
# Usage: sql/samples/demo.sh PATH-TO-MSSQL
set -euo pipefail

mssql=$1
samples=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
server=

finish() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap finish EXIT

say() { printf '\n== %s\n' "$*"; }

# Runs a query and fails when its last line is not the known answer.
check() {
    local expected=$1 sql=$2 actual
    shift 2
    actual=$("$mssql" query --format csv "$sql" "$@" | tail -n 1 | tr -d '\r')
    if [[ $actual != "$expected" ]]; then
        echo "demo: the answer is $actual, but should be $expected, for: $sql" >&2
        exit 1
    fi
    echo "$expected  <-  $sql"
}

say "mssql serve: a server that speaks TDS, in memory, on a free port"
"$mssql" serve --port 0 >"$work/url" 2>"$work/log" &
server=$!
for _ in $(seq 300); do
    [[ $(wc -l <"$work/url") -ge 1 ]] && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
MSSQL_URL=$(head -n 1 "$work/url")
export MSSQL_URL
if [[ -z $MSSQL_URL ]]; then
    echo "demo: the server did not start:" >&2
    cat "$work/log" >&2
    exit 1
fi

say "mssql ping"
"$mssql" ping

say "mssql query --file: the shop's tables and its 8,045 rows"
"$mssql" query --file "$samples/001_schema.sql"
"$mssql" query --file "$samples/002_data.sql"

say "mssql query --file queries.sql"
"$mssql" query --file "$samples/queries.sql"

say "mssql query with a parameter"
"$mssql" query "SELECT CustomerNumber, FullName, CreditLimit FROM shop.Customers WHERE City = @city" -p city=Zürich

say "the answers, against sums computed apart"
revenue="SUM(ol.Quantity * ol.UnitPrice * (1 - ol.Discount))"
check 6000 "SELECT COUNT(*) FROM shop.OrderLines"
check 416951.2000 "SELECT $revenue FROM shop.OrderLines AS ol"
check 138933.9460 "SELECT $revenue FROM shop.OrderLines AS ol
    INNER JOIN shop.Orders AS o ON o.OrderID = ol.OrderID WHERE YEAR(o.OrderedAt) = 2024"
check 38276.8220 "SELECT $revenue FROM shop.OrderLines AS ol INNER JOIN shop.Orders AS o ON o.OrderID = ol.OrderID
    INNER JOIN shop.Customers AS c ON c.CustomerID = o.CustomerID WHERE c.CountryCode = @code" -p code=CH
check 'Kåre Bø 🐘' "SELECT FullName FROM shop.Customers WHERE CustomerNumber = 24"

say "demo: all answers are right"
