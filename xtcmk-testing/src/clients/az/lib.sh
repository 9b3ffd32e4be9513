# What the walk's steps are written in. Needs: AZ, the command to run, and SCRATCH, a folder.
# shellcheck shell=bash

TENANT=
OUT=
passed=0
failed=0

# as provider|customer: whose commands follow; each has a sign-in of its own.
as() {
    TENANT=$1
    export AZURE_CONFIG_DIR=$SCRATCH/az-$1
}

# phase TITLE
phase() { printf '\n%s\n' "$1"; }

# az ARGUMENTS: must succeed; what it prints is in OUT.
az() {
    local began=$EPOCHREALTIME
    if OUT=$("${AZ[@]}" "$@" --only-show-errors 2>"$SCRATCH/stderr" </dev/null); then
        passed=$((passed + 1))
        told ok "$began" "$@"
    else
        failed=$((failed + 1))
        told FAILED "$began" "$@"
        sed 's/^/        /' "$SCRATCH/stderr"
    fi
}

# refused WITH ARGUMENTS: must fail, and say so with this code or these words of Azure's.
refused() {
    local with=$1 began=$EPOCHREALTIME
    shift
    if OUT=$("${AZ[@]}" "$@" --only-show-errors 2>"$SCRATCH/stderr" </dev/null); then
        failed=$((failed + 1))
        told FAILED "$began" "$@"
        printf '        succeeded, where %s was due\n' "$with"
    elif grep -qF -- "$with" "$SCRATCH/stderr"; then
        passed=$((passed + 1))
        told "ok, $with" "$began" "$@"
    else
        failed=$((failed + 1))
        told FAILED "$began" "$@"
        printf '        refused, but not with %s:\n' "$with"
        sed 's/^/        /' "$SCRATCH/stderr"
    fi
}

# is VALUE: what the last command printed.
is() {
    if [[ $OUT == "$1" ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '  FAILED  printed %q where %q was due\n' "$OUT" "$1"
    fi
}

# Password and secret are not for the eyes of whoever reads the log.
told() {
    local result=$1 began=$2 shown
    shift 2
    shown=$(printf '%s ' "$@" | sed -E 's/(--admin-password|--password|-p|=Bearer) [^ ]+/\1 ***/g' | cut -c -140)
    printf '  %s  %s  az %s(%.1f s)\n' "$result" "$TENANT" "$shown" \
        "$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }')"
}

summary() {
    printf '\n%d checks of the Azure CLI passed, %d failed\n' "$passed" "$failed"
    ((failed == 0))
}
