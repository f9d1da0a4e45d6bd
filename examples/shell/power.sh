#!/bin/sh
# A shell with curl: bce-emulator sign prints a signed curl command for each call.
set -eu
endpoint=${BCE_EMULATOR_ENDPOINT:-http://127.0.0.1:8080}
account=test-shell

signed() {
    command=$(bce-emulator sign "$@" --endpoint "$endpoint" --ak "$account" --sk bce-emulator-secret-key)
    eval "$command"
}

control() {
    method=$1 path=$2 body=${3:-}
    curl -sSf -X "$method" "$endpoint/_emulator/$path?account=$account" -d "$body"
}

expect() {
    case $(signed GET "/v2/instance/$1") in
    *"\"status\":\"$2\""*) echo "$1 is $2" ;;
    *) echo "$1 is not $2" >&2 && exit 1 ;;
    esac
}

control POST reset >/dev/null
control PUT clock '{"frozen": true}' >/dev/null
order='{"spec": "bcc.g5.c2m8", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}'
instance=$(signed POST /v2/instanceBySpec --data "$order" | sed 's/.*"instanceIds":\["\([^"]*\)".*/\1/')

expect "$instance" Starting
control POST clock/advance '{"until": "idle"}' >/dev/null
expect "$instance" Running

control PUT "instances/$instance" '{"status": "Expired"}' >/dev/null
expect "$instance" Expired
