#!/usr/bin/env bash
# The partner API with nothing but curl: a user of yours gets a card and, in test mode, buys with it. Make a key in the portal (Developers) with the scopes
# own:users:write, own:cards:read, own:cards:write and own:transactions:read, best of mode "test", and run it with
#   TRIBUTARY_URL=… TRIBUTARY_KEY=trk_… TRIBUTARY_SECRET=trs_… bash docs/examples/partner-api.sh
set -euo pipefail

api="$TRIBUTARY_URL/api/v1/partner-api"
name="${USER_NAME:-iva}"
json='content-type: application/json'
# Answers what is asked for; of a refusal says why (a problem document with a `code`) and ends.
ask() {
  local answer
  answer=$(curl -sS --fail-with-body "$@") || { echo "$answer" >&2; return 1; }
  printf '%s\n' "$answer"
}
# The first field of that name: enough for answers as flat as these. Programs read JSON with a parser.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1; }
# The id of a thing: its first field.
id() { sed -n 's/^{"id":"\([0-9a-f-]*\)".*/\1/p'; }

token=$(ask "$api/auth" -H "$json" -d "{\"apiKey\":\"$TRIBUTARY_KEY\",\"apiSecret\":\"$TRIBUTARY_SECRET\"}" | field accessToken)
as="authorization: Bearer $token"

# Asked twice under one key it is done once.
user=$(ask "$api/users" -H "$as" -H "$json" -H "idempotency-key: user-$name" -d "{\"externalId\":\"$name\"}" | id)
echo "user $name"

product=$(ask "$api/card-products?limit=1" -H "$as" | sed 's/^{"data":\[//' | id)
[ -n "$product" ] || { echo "There is no card product yet: ask the operator for one, or use a test key." >&2; exit 1; }
card=$(ask "$api/cards" -H "$as" -H "$json" -H "idempotency-key: card-$name" \
  -d "{\"userId\":\"$user\",\"productId\":\"$product\",\"cardholder\":{\"firstName\":\"Iva\",\"lastName\":\"Novak\"}}" | id)

# The issuer makes it a moment later.
state=requested
while [ "$state" = requested ]; do
  sleep 0.2
  state=$(ask "$api/cards/$card" -H "$as" | field state)
done
[ "$state" != refused ] || { echo "The issuer does not make the card." >&2; exit 1; }
echo "card $(ask -X PATCH "$api/cards/$card" -H "$as" -H "$json" -d '{"state":"active"}' | field state)"

# With a test key a purchase is made up. It is decided as a live one is, and a moment later it is a transaction that earns.
[[ $TRIBUTARY_KEY == trk_test_* ]] || exit 0
echo "purchase $(ask "$api/cards/$card/test-purchases" -H "$as" -H "$json" -H "idempotency-key: purchase-$name" \
  -d '{"amount":12500,"merchant":"Corner Shop"}' | field decision)"
until ask "$api/transactions?kind=card&limit=1" -H "$as" | grep -q '"amount":12500'; do sleep 0.2; done
echo "transaction card"
