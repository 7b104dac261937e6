import { afterEach, expect, it, vi } from "vitest";

const CLICK = "5ded355c-916a-7897-87a3-1b6b7af5c301";
type Snippet = { clickId(): string | null; consent(isGiven: boolean): void; ready: Promise<void> };
type Visit = {
  search?: string;
  data?: Record<string, string>;
  privacyControl?: boolean;
  answer?: () => Promise<Response>;
};

afterEach(() => vi.unstubAllGlobals());

/** Opens a page that bears the snippet, in a browser that keeps cookies by name. */
async function visit({ search = "", data = {}, privacyControl = false, answer }: Visit) {
  const cookies = new Map<string, string>();
  const kept = new Map<string, string>();
  const sent: { url: string; init: RequestInit }[] = [];
  const window: { tributary?: Snippet } = {};
  const document = {
    currentScript: { src: "https://partners.example.com/tributary.js", dataset: data },
    referrer: "https://blog.example/post",
    get cookie() {
      return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    },
    set cookie(text: string) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      if (text.includes("max-age=0")) cookies.delete(name);
      else cookies.set(name, value);
    },
  };
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", document);
  vi.stubGlobal("location", { search, protocol: "https:", href: `https://shop.example/${search}` });
  vi.stubGlobal("navigator", { globalPrivacyControl: privacyControl });
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return answer === undefined ? Response.json({ clickId: CLICK }) : answer();
  });
  vi.resetModules();
  const path = "../src/snippet.ts";
  await import(path);
  const snippet = window.tributary as Snippet;
  await snippet.ready;
  return { snippet, cookies, kept, sent };
}

it("a click that the link has recorded is kept, and nothing is sent", async () => {
  const { snippet, sent } = await visit({ search: `?tid=${CLICK}` });
  expect([snippet.clickId(), sent.length]).toEqual([CLICK, 0]);
});

it("a visit by a code is reported without cookies, with its campaign, its sub-ids and the page's address, and the click's name is kept", async () => {
  const { snippet, sent } = await visit({ search: "?ref=ada-writes&utm_campaign=spring&sub1=nav&sub9=x" });
  expect(sent[0]?.url).toBe("https://partners.example.com/api/v1/referrals/track");
  expect(sent[0]?.init.credentials).toBe("omit");
  expect(JSON.parse(sent[0]?.init.body as string)).toEqual({
    code: "ada-writes",
    campaign: "spring",
    referrer: "https://blog.example/post",
    address: "https://shop.example/?ref=ada-writes&utm_campaign=spring&sub1=nav&sub9=x",
    subIds: { sub1: "nav" },
    deviceId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(snippet.clickId()).toBe(CLICK);
});

it("a code comes in the parameters that the page names, the first that bears one", async () => {
  const codes = { codes: "ref via fpr" };
  for (const [search, code] of [
    ["?via=ada-writes", "ada-writes"],
    ["?fpr=older&ref=&via=newer", "newer"],
    ["?utm_source=ada-writes", undefined],
  ] as const) {
    const { sent } = await visit({ search, data: codes });
    expect(sent.map(({ init }) => JSON.parse(init.body as string).code)).toEqual(code === undefined ? [] : [code]);
  }
  expect((await visit({ search: "?via=ada-writes" })).sent).toEqual([]);
});

it("before consent nothing is kept and nothing is sent, whether the page or the browser asks for it", async () => {
  for (const asks of [{ data: { consent: "required" } }, { privacyControl: true }]) {
    const page = await visit({ search: "?ref=ada-writes", ...asks });
    expect([page.cookies.size, page.kept.size, page.sent.length, page.snippet.clickId()]).toEqual([0, 0, 0, null]);
    page.snippet.consent(true);
    await page.snippet.ready;
    expect([page.sent.length, page.snippet.clickId()]).toEqual([1, CLICK]);
    page.snippet.consent(false);
    expect([page.cookies.size, page.kept.size, page.snippet.clickId()]).toEqual([0, 0, null]);
  }
});

it("a server that is away, refuses or records nothing does the page no harm", async () => {
  const answers = [
    () => Promise.reject(new TypeError("away")),
    async () => new Response("no", { status: 500 }),
    async () => Response.json({ clickId: null }),
  ];
  for (const answer of answers) {
    const { snippet } = await visit({ search: "?ref=ada-writes", answer });
    expect(snippet.clickId()).toBeNull();
  }
});

it("what somebody writes into the address is kept only where it is a click's name", async () => {
  const { cookies } = await visit({ search: "?tid=%22;path=/x" });
  expect(cookies.size).toBe(0);
});
