#!/usr/bin/env bash
# Asks a running bot one question as Twilio and as Slack would, signed, and again unsigned.
#
#   TWILIO_AUTH_TOKEN=... SLACK_SIGNING_SECRET=... PUBLIC_URL=... docs/try-the-webhooks.sh
#
# The three are the bot's own settings; the bot also needs TWILIO_ACCOUNT_SID, TWILIO_WHATSAPP_FROM
# and SLACK_BOT_TOKEN (made up will do: AC123, +447700900100, xoxb-1) to have the channels on. Slack's
# answer goes to Slack itself, so an empty 200 is all that comes back here. PUBLIC_URL is the address that Twilio signs; the requests
# go to BOT_URL (http://127.0.0.1:8000). ASKER is the WhatsApp number that asks, QUESTION what it
# asks (no quotation marks or backslashes). A channel whose secret is not given is left out.
#
# A WhatsApp number is answered only with an invitation: `als members invite NAME` prints a code;
# run this once with QUESTION='join CODE', then again with a question.
set -euo pipefail

BOT_URL="${BOT_URL:-http://127.0.0.1:${PORT:-8000}}"
PUBLIC_URL="${PUBLIC_URL:-$BOT_URL}"
ASKER="${ASKER:-+447700900456}"
QUESTION="${QUESTION:-how do we work better with our partnership board?}"
ANSWER="$(mktemp)"
trap 'rm -f "$ANSWER"' EXIT
FAILED=0

# ask EXPECTED WHAT CURL-ARGUMENTS...: posts, prints the status and the answer.
ask() {
  local expected="$1" what="$2" status
  shift 2
  status="$(curl --silent --show-error --output "$ANSWER" --write-out '%{http_code}' "$@")" || status=none
  printf '%-28s %s (expected %s)\n' "$what" "$status" "$expected"
  if [ -s "$ANSWER" ]; then sed 's/^/    /' "$ANSWER"; echo; fi
  [ "$status" = "$expected" ] || FAILED=1
}

if [ -n "${TWILIO_AUTH_TOKEN:-}" ]; then
  path=/whatsapp/messages
  sid="SM$(openssl rand -hex 16)"
  from="whatsapp:$ASKER"
  # Twilio signs the address and then every field, name and value, in the order of the names.
  signature="$(printf '%s' "${PUBLIC_URL%/}${path}Body${QUESTION}From${from}MessageSid${sid}NumMedia0" |
    openssl dgst -sha1 -hmac "$TWILIO_AUTH_TOKEN" -binary | openssl base64 -A)"
  form=(--data-urlencode "Body=$QUESTION" --data-urlencode "From=$from"
    --data-urlencode "MessageSid=$sid" --data-urlencode "NumMedia=0" "$BOT_URL$path")
  ask 200 "WhatsApp, signed:" --header "X-Twilio-Signature: $signature" "${form[@]}"
  ask 200 "WhatsApp, signed, repeated:" --header "X-Twilio-Signature: $signature" "${form[@]}"
  ask 403 "WhatsApp, unsigned:" "${form[@]}"
else
  echo "TWILIO_AUTH_TOKEN is not given: WhatsApp is left out."
fi

if [ -n "${SLACK_SIGNING_SECRET:-}" ]; then
  path=/slack/events
  now="$(date +%s)"
  event="{\"type\":\"event_callback\",\"event_id\":\"Ev$(openssl rand -hex 6)\",\"team_id\":\"T0TRY\",\"event\":{\"type\":\"message\",\"channel_type\":\"im\",\"channel\":\"D0TRY\",\"user\":\"U0TRY\",\"ts\":\"$now.000100\",\"text\":\"$QUESTION\"}}"
  slack_signature() { # at a time, in seconds
    printf '%s' "v0:$1:$event" | openssl dgst -sha256 -hmac "$SLACK_SIGNING_SECRET" | sed 's/^.*= */v0=/'
  }
  body=(--header "Content-Type: application/json" --data-binary "$event" "$BOT_URL$path")
  signed_at() {
    signed=(--header "X-Slack-Request-Timestamp: $1" --header "X-Slack-Signature: $(slack_signature "$1")")
  }
  # The answer to a signed event is an empty 200; the bot then posts to Slack (or to SLACK_API_URL).
  signed_at "$now"
  ask 200 "Slack, signed:" "${signed[@]}" "${body[@]}"
  signed_at "$((now - 600))"
  ask 401 "Slack, ten minutes old:" "${signed[@]}" "${body[@]}"
  ask 401 "Slack, unsigned:" "${body[@]}"
else
  echo "SLACK_SIGNING_SECRET is not given: Slack is left out."
fi

exit "$FAILED"
