import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeTributary, startFakeTributary } from "./fake-tributary.ts";
import { type Shop, type ShopOptions, startShop } from "./start-shop.ts";

/** A page as a browser without scripts has it after following what it was sent to. */
export type Seen = { readonly status: number; readonly path: string; readonly text: string; readonly headers: Headers };

export type Browser = {
  readonly cookies: ReadonlyMap<string, string>;
  get(path: string): Promise<Seen>;
  /** Sends a form, with what is hidden in it only where it is named here. */
  send(path: string, fields: Record<string, string>): Promise<Seen>;
};

/** A browser for one shop: it keeps cookies, follows redirects, and says where a form comes from. */
export function openBrowser(url: () => string): Browser {
  const cookies = new Map<string, string>();
  const go = async (path: string, init: RequestInit): Promise<Seen> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const origin = init.method === "POST" ? { origin: new URL(url()).origin, "sec-fetch-site": "same-origin" } : {};
    const response = await fetch(url() + path, { ...init, redirect: "manual", headers: { cookie, ...origin } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location !== null) return go(location, { method: "GET" });
    return { status: response.status, path, text: await response.text(), headers: response.headers };
  };
  return {
    cookies,
    get: (path) => go(path, { method: "GET" }),
    send: (path, fields) => go(path, { method: "POST", body: new URLSearchParams(fields) }),
  };
}

export type ShopKit = {
  readonly tributary: FakeTributary;
  readonly shop: () => Shop;
  readonly browser: Browser;
  readonly restart: (options?: ShopOptions) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A shop with its state in a file, connected to a Tributary of a few lines. */
export async function openShopKit(options: ShopOptions = {}): Promise<ShopKit> {
  const folder = mkdtempSync(join(tmpdir(), "shop-"));
  const tributary = await startFakeTributary();
  const open = (changed: ShopOptions = {}) =>
    startShop({
      stateFile: join(folder, "shop.jsonl"),
      tributaryUrl: tributary.url,
      apiKey: tributary.apiKey,
      timeoutMs: 300,
      ...options,
      ...changed,
    });
  let shop = await open();
  return {
    tributary,
    shop: () => shop,
    browser: openBrowser(() => shop.url),
    async restart(changed) {
      await shop.close();
      shop = await open(changed);
    },
    async close() {
      await shop.close();
      await tributary.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a page reads as, without its markup. */
export const wordsOf = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
