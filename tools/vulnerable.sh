#!/bin/sh
# Asks govulncheck whether our code calls something with a known vulnerability, and fails if it does. The answer is kept
# for a day as long as code and dependencies stay the same. Where the database cannot be reached it says so and goes on.
set -u
go=${GO:-go}
tool=golang.org/x/vuln/cmd/govulncheck@v1.9.0
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/wenguan
mkdir -p "$cache" 2>/dev/null || cache=$(mktemp -d)
same=$({ date -u +%F; $go version; cat go.mod go.sum; find . -name '*.go' -not -path './tools/*' | sort | xargs cat; } | cksum | tr ' ' -)
[ -e "$cache/clean-$same" ] && exit 0
if [ -n "$(find "$cache" -name unreachable -mmin -60 2>/dev/null)" ]; then
	echo "!! NOT CHECKED for known vulnerabilities: the database could not be reached within the last hour (rm $cache/unreachable asks again)" >&2
	exit 0
fi
limit=""
command -v timeout >/dev/null 2>&1 && limit="timeout 180"
told=$($limit $go run $tool ./... 2>&1)
case $? in
0)
	rm -f "$cache"/clean-*
	touch "$cache/clean-$same"
	;;
*)
	if echo "$told" | grep -q '^Vulnerability #'; then
		echo "$told"
		exit 1
	fi
	touch "$cache/unreachable"
	echo "!! NOT CHECKED for known vulnerabilities: $(echo "$told" | grep -v '^exit status' | tail -1 | cut -c1-200)" >&2
	;;
esac
