import { defineErrors } from "../kernel/errors.ts";

export const revenueErrors = defineErrors("revenue", {
  source_not_found: { kind: "not_found", title: "There is no such revenue source" },
  source_disabled: { kind: "conflict", title: "This revenue source is turned off" },
  source_kind: { kind: "conflict", title: "This address takes messages of another kind of source" },
  too_many_sources: { kind: "conflict", title: "There are as many revenue sources as there can be" },
  secret_expected: {
    kind: "invalid",
    title: "Stripe makes the signing secret: give the one of its endpoint (whsec_…)",
  },
  secret_unexpected: { kind: "invalid", title: "The secret of a generic source is made here, not given" },
  signature_missing: { kind: "invalid", title: "The message is not signed" },
  signature_invalid: { kind: "invalid", title: "The signature does not fit this message" },
  timestamp_outside: { kind: "invalid", title: "The message was signed too long ago, or in the future" },
  message_invalid: { kind: "invalid", title: "The message is signed, but is none that can be read" },
  message_id_reused: { kind: "conflict", title: "This message id was used for another message" },
});
