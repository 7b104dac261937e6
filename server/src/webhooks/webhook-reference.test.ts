import { expect, it } from "vitest";
import { describedEvents } from "./describe-events.ts";
import { webhookReference } from "./webhook-reference.ts";

it("the reference of the webhooks tells of every field that a body has", () => {
  const [head = ""] = webhookReference().split("\n| event |");
  const fields = describedEvents().flatMap(({ schema }) =>
    Object.keys((schema as { properties: Record<string, unknown> }).properties),
  );
  expect(new Set(fields).size).toBeGreaterThan(4);
  for (const field of new Set(fields)) expect(head).toContain(`\`${field}\``);
});
