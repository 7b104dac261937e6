import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";

const REASONS = ["gone", "failing"] as const;

/** Why an endpoint was turned off; a reason that the portal does not know yet is said as it is. */
export function endpointNote({ statusReason }: components["schemas"]["WebhookEndpoint"]): string | null {
  const known = REASONS.find((one) => one === statusReason);
  return known === undefined ? statusReason : t(`webhook.off.${known}`);
}
