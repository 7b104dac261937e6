import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "./marqeta-world.ts";

/** What the contract is held against: Marqeta itself, or its stand-in. */
export type ContractSubject = {
  readonly url: string;
  readonly applicationToken: string;
  readonly adminToken: string;
  close(): Promise<void>;
};

/** Marqeta itself is far away. */
const CALLS_MS_MAX = 60_000;

/** What is known of the Core API (its own OpenAPI document, version 3), asserted over HTTP. Each subject is to pass all of it. */
export function describeMarqetaContract(name: string, open: () => Promise<ContractSubject>): void {
  describe(`${name}, as documented:`, { timeout: CALLS_MS_MAX }, () => {
    let subject: ContractSubject;
    beforeAll(async () => {
      subject = await open();
    }, CALLS_MS_MAX);
    afterAll(() => subject.close());

    const call = async (method: string, path: string, body?: object, adminToken = subject.adminToken) => {
      const credentials = Buffer.from(`${subject.applicationToken}:${adminToken}`).toString("base64");
      const answer = await fetch(`${subject.url}${path}`, {
        method,
        headers: { authorization: `Basic ${credentials}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: (await answer.json()) as Json };
    };
    const made = async (path: string, body: object): Promise<Json> => {
      const answer = await call("POST", path, body);
      expect([path, answer.status, answer.body]).toEqual([path, 201, expect.anything()]);
      return answer.body;
    };
    const user = () => made("/users", { token: randomUUID(), first_name: "Ana", last_name: "Novak" });
    const product = () =>
      made("/cardproducts", {
        token: randomUUID(),
        name: `Contract ${randomUUID().slice(0, 8)}`,
        start_date: "2026-01-01",
        config: { card_life_cycle: { activate_upon_issue: false }, fulfillment: { payment_instrument: "VIRTUAL_PAN" } },
      });
    const card = async () => {
      const [holder, kind] = [await user(), await product()];
      return made("/cards", { token: randomUUID(), user_token: holder["token"], card_product_token: kind["token"] });
    };
    const move = (cardToken: unknown, state: string, token = randomUUID()) =>
      call("POST", "/cardtransitions", { token, card_token: cardToken, state, channel: "API", reason_code: "00" });

    it("who is not known is refused with 401", async () => {
      expect((await call("GET", "/users?count=1", undefined, "of-somebody-else")).status).toBe(401);
    });

    it("a POST is idempotent by the token in its body: the same content is answered as it was, other content is a 409", async () => {
      const body = { token: randomUUID(), first_name: "Ana", last_name: "Novak" };
      const first = await made("/users", body);
      expect(await made("/users", body)).toMatchObject({ token: first["token"], created_time: first["created_time"] });
      const other = await call("POST", "/users", { ...body, first_name: "Iva" });
      expect(other.status).toBe(409);
      expect((await call("GET", `/users/${body.token}`)).body).toMatchObject({ first_name: "Ana" });
    });

    it("errors say a code that begins with their status, and a message", async () => {
      const { status, body } = await call("POST", "/cards", { token: randomUUID(), user_token: "nobody" });
      expect(status).toBe(400);
      expect(body).toEqual({ error_code: expect.stringMatching(/^400\d{3}$/), error_message: expect.any(String) });
      expect((await call("GET", `/users/${randomUUID()}`)).status).toBe(404);
    });

    it("a card is made unactivated, with its number masked and its last four digits and month shown", async () => {
      const made = await card();
      expect(made).toMatchObject({ state: "UNACTIVATED", last_four: expect.stringMatching(/^\d{4}$/) });
      expect(made["expiration"]).toMatch(/^(0[1-9]|1[0-2])\d\d$/);
      expect(made["pan"]).toMatch(/_/);
    });

    it("a card is moved by transitions, and ends for good", async () => {
      const { token } = await card();
      for (const state of ["ACTIVE", "SUSPENDED", "ACTIVE", "TERMINATED"])
        expect(await move(token, state)).toMatchObject({ status: 201, body: { card_token: token, state } });
      expect((await move(token, "ACTIVE")).status).toBe(400);
      expect((await call("GET", `/cards/${String(token)}`)).body).toMatchObject({ state: "TERMINATED" });
    });

    it("a transition with the same token is one transition", async () => {
      const { token } = await card();
      const transition = randomUUID();
      const first = await move(token, "ACTIVE", transition);
      expect((await move(token, "ACTIVE", transition)).body).toMatchObject({
        created_time: first.body["created_time"],
      });
      expect((await move(token, "TERMINATED", transition)).status).toBe(409);
    });

    it("lists come in pages that say whether there is more", async () => {
      for (let count = 0; count < 3; count++) await user();
      const first = await call("GET", "/users?count=2&start_index=0");
      expect(first.body).toMatchObject({ count: 2, start_index: 0, end_index: 1, is_more: true });
      const next = await call("GET", "/users?count=2&start_index=2");
      const tokens = [first, next].flatMap(({ body }) => (body["data"] as Json[]).map((one) => one["token"]));
      expect(new Set(tokens).size).toBe(tokens.length);
    });
  });
}
