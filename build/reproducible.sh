#!/bin/sh
# Builds the published jars twice from scratch and compares them byte for byte.
# Usage, from anywhere: build/reproducible.sh
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
modules=revox-core,revox-audio,revox-sip,revox-agent,revox-testkit

hashes() {
    mvn -B -q clean package -DskipTests -pl "$modules"
    for jar in revox-*/target/revox-*.jar; do
        printf '%s  %s\n' "$(sha256sum "$jar" | cut -d' ' -f1)" "$jar"
    done | sort -k 2
}

hashes > "$work/first"
hashes > "$work/second"
if ! diff "$work/first" "$work/second"; then
    echo "The two builds differ." >&2
    exit 1
fi
cat "$work/first"
echo "Both builds are the same."
