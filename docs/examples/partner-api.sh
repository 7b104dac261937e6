#!/usr/bin/env bash
# The partner API with nothing but curl: a user of yours gets a card. Run it with
#   TRIBUTARY_URL=… TRIBUTARY_KEY=trk_… TRIBUTARY_SECRET=trs_… bash docs/examples/partner-api.sh
set -euo pipefail

api="$TRIBUTARY_URL/api/v1/partner-api"
name="${USER_NAME:-iva}"
json='content-type: application/json'
# The first field of that name: enough for answers as flat as these. Programs read JSON with a parser.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1; }

token=$(curl -sSf "$api/auth" -H "$json" -d "{\"apiKey\":\"$TRIBUTARY_KEY\",\"apiSecret\":\"$TRIBUTARY_SECRET\"}" | field accessToken)
as="authorization: Bearer $token"

# Asked twice under one key it is done once.
user=$(curl -sSf "$api/users" -H "$as" -H "$json" -H "idempotency-key: user-$name" \
  -d "{\"externalId\":\"$name\"}" | sed 's/.*"id":"\([0-9a-f-]*\)","externalId".*/\1/')
echo "user $name"

product=$(curl -sSf "$api/card-products?limit=1" -H "$as" | sed 's/.*"data":\[{"id":"\([0-9a-f-]*\)".*/\1/')
card=$(curl -sSf "$api/cards" -H "$as" -H "$json" -H "idempotency-key: card-$name" \
  -d "{\"userId\":\"$user\",\"productId\":\"$product\",\"cardholder\":{\"firstName\":\"Iva\",\"lastName\":\"Novak\"}}" |
  sed 's/^{"id":"\([0-9a-f-]*\)".*/\1/')

until curl -sSf "$api/cards/$card" -H "$as" | grep -q '"state":"unactivated"'; do sleep 0.2; done
echo "card $(curl -sSf -X PATCH "$api/cards/$card" -H "$as" -H "$json" -d '{"state":"active"}' | field state)"
