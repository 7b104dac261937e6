import { describe, expect, it } from "vitest";
import {
  type ClientOptions,
  createClient,
  isTributaryError,
  items,
  NoAnswerError,
  TributaryError,
} from "../src/index.ts";

type Call = { readonly method: string; readonly url: string; readonly headers: Headers; readonly body: unknown };

/** A client before a server that says what it is told, in this order; the last answer is repeated. */
function world(answers: readonly (Response | Error)[], options: Partial<ClientOptions> = {}) {
  const calls: Call[] = [];
  const client = createClient({
    baseUrl: "https://partners.example.com",
    ...options,
    fetch: async (url, init) => {
      const body = typeof init?.body === "string" ? JSON.parse(init.body) : undefined;
      calls.push({
        method: init?.method ?? "",
        url: url instanceof URL ? url.href : "",
        headers: new Headers(init?.headers),
        body,
      });
      const answer = answers[Math.min(calls.length, answers.length) - 1];
      if (answer instanceof Error) throw answer;
      return answer?.clone() ?? Response.json({});
    },
  });
  return { client, calls };
}

const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ type: "x", title: "No", status, code, requestId: "r-1", facts: { limit: 3 } }), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
const soon = { "retry-after": "0" };
const lost = new TypeError("fetch failed");

describe("addresses", () => {
  it("fills the path, escapes what stands in it, and leaves out of the query what is undefined", async () => {
    const { client, calls } = world([Response.json({ data: [], nextCursor: null })]);
    await client.getCommission({ path: { id: "a/b" } });
    await client.listCommissions({ query: { status: "paid", currency: undefined as never } });
    expect(calls.map(({ url }) => url)).toEqual([
      "https://partners.example.com/api/v1/partners/commissions/a%2Fb",
      "https://partners.example.com/api/v1/partners/commissions?status=paid",
    ]);
  });
});

describe("what is sent again", () => {
  it("a read that got no answer is", async () => {
    const { client, calls } = world([lost, problem(503, "server.unavailable", soon), Response.json({ ok: true })]);
    expect(await client.getMe()).toEqual({ ok: true });
    expect(calls).toHaveLength(3);
  });

  it("an act with an idempotency key is, under the same key", async () => {
    const { client, calls } = world([lost, Response.json({ id: "p" })]);
    await client.requestPayout({ body: { currency: "USD" } });
    const keys = calls.map(({ headers }) => headers.get("idempotency-key"));
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  it("an act without one is not: nobody knows whether it was done", async () => {
    const { client, calls } = world([lost]);
    await expect(client.closeAccount()).rejects.toThrow(NoAnswerError);
    expect(calls).toHaveLength(1);
  });

  it("a refusal is not, nor where the server asks for more patience than a call has", async () => {
    for (const answer of [
      problem(409, "payout.not_pending"),
      problem(429, "rate.limited", { "retry-after": "3600" }),
    ]) {
      const { client, calls } = world([answer]);
      await expect(client.getMe()).rejects.toThrow(TributaryError);
      expect(calls).toHaveLength(1);
    }
  });

  it("two acts have two keys, and a key that is given is the one that is used", async () => {
    const { client, calls } = world([Response.json({})]);
    const input = { body: { currency: "USD" } };
    await client.requestPayout(input);
    await client.requestPayout(input);
    await client.requestPayout(input, { idempotencyKey: "mine" });
    const keys = calls.map(({ headers }) => headers.get("idempotency-key"));
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe("mine");
  });
});

describe("errors", () => {
  it("carry the code, the status, the facts and the request's id of the problem", async () => {
    const { client } = world([problem(409, "payout.below_minimum")]);
    const error = await client.getMe().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "payout.below_minimum", status: 409, facts: { limit: 3 }, requestId: "r-1" });
    expect(isTributaryError(error, "payout.not_found")).toBe(false);
  });

  it("an answer that is not the API's is no answer, and says under which key the act may be asked for again", async () => {
    const { client } = world([new Response("<h1>Bad gateway</h1>", { status: 500 })]);
    const thrown = await client
      .requestPayout({ body: { currency: "USD" } }, { idempotencyKey: "mine" })
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: "NoAnswerError", idempotencyKey: "mine", status: 500 });
  });

  it("a call that its caller gives up ends with the caller's reason", async () => {
    const { client } = world([lost]);
    const stopped = new AbortController();
    stopped.abort(new Error("enough"));
    await expect(client.getMe({}, { signal: stopped.signal })).rejects.toThrow("enough");
  });
});

describe("credentials", () => {
  it("a token that is refused is asked for once more, and the request sent with the new one", async () => {
    const refused = problem(401, "auth.token_invalid");
    const asked: boolean[] = [];
    const accessToken = ({ isRefused }: { isRefused: boolean }) => {
      asked.push(isRefused);
      return isRefused ? "new" : "old";
    };
    const { client, calls } = world([refused, Response.json({})], { credentials: { accessToken } });
    await client.signOut({ body: {} });
    expect(calls.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer old", "Bearer new"]);
    expect(asked).toEqual([false, true]);
  });

  it("a key that is refused is an error at once", async () => {
    const { client, calls } = world([problem(401, "auth.key_revoked")], { credentials: { apiKey: "id", secret: "s" } });
    await expect(client.getMe()).rejects.toMatchObject({ code: "auth.key_revoked" });
    expect(calls[0]?.headers.get("authorization")).toBe(`Basic ${btoa("id:s")}`);
    expect(calls).toHaveLength(1);
  });
});

describe("lists", () => {
  it("every item comes once and in order, and no page is asked for before it is wanted", async () => {
    const page = (ids: number[], nextCursor: string | null) => Response.json({ data: ids, nextCursor });
    const { client, calls } = world([page([1, 2], "c1"), page([], "c2"), page([3], null)]);
    const walk = items(client.listCommissions, { query: { status: "paid" } });
    expect((await walk.next()).value).toBe(1);
    expect(calls).toHaveLength(1);
    const rest: unknown[] = [];
    for await (const item of walk) rest.push(item);
    expect(rest).toEqual([2, 3]);
    expect(calls.map(({ url }) => new URL(url).search)).toEqual([
      "?status=paid",
      "?status=paid&cursor=c1",
      "?status=paid&cursor=c2",
    ]);
  });
});
