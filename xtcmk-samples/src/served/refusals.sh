# What a user sees who has not signed in, or who misspells a setting.
# shellcheck shell=bash

printf '\nNot ready\n'
sample() { mvn -q -Drun -pl xtcmk-samples -am package "-Dsample=io.xtcmk.samples.$1"; }

do_block 'Run against Azure'
ends 1 'nobody is signed in' sample Phase1
says 'It failed at step' 'No credential can be used where this runs' "AzureCliCredential .*Please run 'az login'" \
    'DefaultAzureCredential authentication failed'
misspelt() { XTCMK_PROVIDER_TENNANT_ID=$PROVIDER_TENANT_ID sample Phase1; }
ends 1 'a setting is misspelt' misspelt
says 'XTCMK_PROVIDER_TENNANT_ID is not a setting .*Did you mean XTCMK_PROVIDER_TENANT_ID'
