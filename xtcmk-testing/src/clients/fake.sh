# Starts the standalone fake for a walk of a client, and ends it with the walk. Needs: nothing.
# shellcheck shell=bash

# start_fake STANDALONE_JAR TRAFFIC_FILE: from then on SCRATCH is a folder, and the environment is what the fake's users source.
start_fake() {
    SCRATCH=$(mktemp -d)
    java -jar "$1" --dir "$SCRATCH/fake" --traffic "$2" >"$SCRATCH/said" 2>&1 &
    fake=$!
    trap end_fake EXIT
    until grep -qx ready "$SCRATCH/said"; do
        kill -0 "$fake" 2>/dev/null || { cat "$SCRATCH/said" >&2; exit 1; }
        sleep 0.1
    done
    # shellcheck disable=SC1091
    . "$SCRATCH/fake/env.sh"
}

# Whoever ends it gets 0. What it says after "ready" is that a client broke off TLS, or asked what the fake does not play,
# which some clients keep to themselves: the walk fails by it.
end_fake() {
    local status=$?
    kill "$fake" 2>/dev/null || true
    wait "$fake" || { echo "the fake ended with $?" >&2; status=1; }
    if sed '1,/^ready$/d' "$SCRATCH/said" | grep . >&2; then
        echo 'FAILED: the fake has something to say' >&2
        status=1
    fi
    rm -rf "$SCRATCH"
    exit "$status"
}
