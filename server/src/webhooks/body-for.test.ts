import { expect, it } from "vitest";
import { bodyFor } from "./body-for.ts";
import { describedEvents } from "./describe-events.ts";

const example = (type: string) => JSON.stringify(describedEvents().find((event) => event.type === type)?.example);
const dataOf = (body: string) => (JSON.parse(body) as { data: Record<string, unknown> }).data;

it("a partner is told of a transaction without the names that the operator has for it, and without the operator's revenue", () => {
  const whole = example("transaction.recorded");
  expect(bodyFor(null, whole)).toBe(whole);
  const { externalId: _, originalExternalId: __, revenue: ___, number: ____, ...own } = dataOf(whole);
  expect(dataOf(bodyFor("a partner", whole))).toEqual(own);
  expect(Object.keys(own).length).toBe(Object.keys(dataOf(whole)).length - 4);
});

it("what every receiver may read is sent to the byte as it was kept, whatever stands in it", () => {
  const body = example("ticket.opened").replace('"type":"commission"', '"type":"transaction.recorded"');
  expect(body).not.toBe(example("ticket.opened"));
  for (const partnerId of [null, "a partner"]) expect(bodyFor(partnerId, body)).toBe(body);
});
