# What the rehearsal's checks are written in. Needs: PAGE, the page, and SCRATCH, a folder.
# shellcheck shell=bash

passed=0
failed=0

# page_block HEADING: the page's first sh block below the heading.
page_block() {
    awk -v heading="$1" '
        /^#+ / { title = $0; sub(/^#+ /, "", title); inside = (title == heading) }
        inside && $0 == "```sh" { copying = 1; next }
        copying && /^```/ { exit }
        copying { print }' "$PAGE"
}

# do_block HEADING: does what the page says there, in this shell; the placeholders are the served fake's ids.
do_block() {
    local block
    block=$(page_block "$1" | sed -E "s#XTCMK_([A-Z_]+)=\.\.\.#XTCMK_\1=\$\1#; s#/tmp/fake-azure#$SCRATCH/fake#")
    [[ -n $block ]] || { echo "$PAGE has no sh block below '$1'" >&2; exit 1; }
    eval "$block"
}

# ok WHAT, failed_check WHAT
ok() {
    passed=$((passed + 1))
    printf '  ok      %s\n' "$1"
}
wrong() {
    failed=$((failed + 1))
    printf '  FAILED  %s\n' "$1"
    sed 's/^/        /' "$SCRATCH/out"
}

# ends STATUS WHAT COMMAND...: with that exit status and no stack trace; what it prints is in $SCRATCH/out.
ends() {
    local wanted=$1 what=$2 status=0
    shift 2
    "$@" >"$SCRATCH/out" 2>&1 </dev/null || status=$?
    if ((status == wanted)) && ! grep -qE '^[[:space:]]+at [a-z]' "$SCRATCH/out"; then
        ok "$what"
    else
        wrong "$what: ended with $status, or with a stack trace"
    fi
}

# says REGEX...: what the last command printed has a line like each.
says() {
    local words
    for words in "$@"; do
        if grep -qE -- "$words" "$SCRATCH/out"; then
            passed=$((passed + 1))
        else
            wrong "does not say: $words"
        fi
    done
}

summary() {
    printf '\n%d checks of the samples passed, %d failed\n' "$passed" "$failed"
    ((failed == 0))
}
