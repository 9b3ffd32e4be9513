# The whole story, beside which somebody runs the commands that it prints.
# shellcheck shell=bash

printf '\nThe whole story\n'
: >"$SCRATCH/assigned"
# Until the program is over, runs each role assignment that it prints, once.
assign_what_is_printed() {
    local command done=' '
    while kill -0 "$1" 2>/dev/null; do
        while IFS= read -r command; do
            [[ $done != *"|$command|"* ]] || continue
            done+="|$command|"
            printf '        %s\n' "$(cut -c -100 <<<"$command")..." >>"$SCRATCH/assigned"
            eval "$command --only-show-errors -o none" </dev/null
        done < <(sed -n 's/^ *\(az role assignment create .*\)/\1/p' "$SCRATCH/story")
        sleep 1
    done
}
story() {
    local program
    : >"$SCRATCH/story"
    do_block 'Run the whole story' >"$SCRATCH/story" 2>&1 &
    program=$!
    assign_what_is_printed "$program"
    cat "$SCRATCH/story"
    wait "$program"
}
ends 0 'WholeStory' story
says 'sqlServer +sql-fabrikam[0-9a-f]{8} +unchanged' 'reads +"Dear Fabrikam' 'reads +refused: HTTP 403' \
    'The chain is broken at: key \(revoked\)' 'keyVersion .* created' "as a Mermaid diagram +$SCRATCH/files/chain.mmd"
cat "$SCRATCH/assigned"
