import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowedDestination, DESTINATION_LENGTH_MAX, prepareDestination } from "./destination-rules.ts";

const HOSTS = ["shop.example", "localhost:4000"];

describe("a destination", () => {
  it.each([
    ["https://shop.example/", "https://shop.example/"],
    ["https://shop.example", "https://shop.example/"],
    ["http://shop.example/a?b=c#d", "http://shop.example/a?b=c#d"],
    ["https://SHOP.example/Path", "https://shop.example/Path"],
    ["https://shop.example:443/", "https://shop.example/"],
    ["http://localhost:4000/x", "http://localhost:4000/x"],
    // A backslash is a slash to a browser: this is a path on the shop.
    ["https://shop.example\\.evil.example/", "https://shop.example/.evil.example/"],
  ])("is an address on one of the programme's hosts: %s", (text, href) => {
    expect(allowedDestination(text, HOSTS)).toBe(href);
  });

  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/relative",
    "https:evil.example",
    "https://shop.example.evil.example/",
    "https://shop.example@evil.example/",
    "https://shop.example:pass@evil.example/",
    "https://user@shop.example/",
    "https://:pass@shop.example/",
    "https://shop.example:8443/",
    "https://evil.example/https://shop.example/",
    "https://evil.example#https://shop.example/",
    "https://evil.example?https://shop.example/",
    "https://evil.example\\@shop.example/",
    "https://shop.example%2eevil.example/",
    "https://shop.example。evil.example/",
    "https://xshop.example/",
    "https://shop.example./",
    "https://sub.shop.example/",
    "https://\u0000shop.example/",
    "javascript:alert(1)//shop.example",
    "data:text/html,https://shop.example/",
    "vbscript:https://shop.example",
    "ftp://shop.example/",
    "file:///shop.example/",
    "blob:https://shop.example/",
    "view-source:https://shop.example/",
    "http://localhost/",
    "http://localhost:4001/",
    "",
    " ",
    "shop.example",
  ])("is nowhere else: %s", (text) => {
    expect(allowedDestination(text, HOSTS)).toBeUndefined();
  });

  it("leads, as a browser reads it, to an allowed host, whatever surrounds it", () => {
    const piece = fc.constantFrom(
      "https:",
      "http:",
      "javascript:",
      "//",
      "/",
      "\\",
      "@",
      ":",
      "shop.example",
      "evil.example",
      "?",
      "#",
      ".",
      "%2f",
      "\t",
      "\n",
      " ",
      "%00",
      "。",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const href = allowedDestination(pieces.join(""), HOSTS);
        if (href === undefined) return;
        // Read again as a browser would from a header, with our own site as the base.
        const url = new URL(href, "https://go.example/r/x");
        expect(["shop.example", "localhost:4000"]).toContain(url.host);
        expect(["https:", "http:"]).toContain(url.protocol);
        expect(href).not.toMatch(/[\r\n\t ]/);
      }),
      { numRuns: 3_000 },
    );
  });

  it("has an end to its length, the last character included", () => {
    const longest = `https://shop.example/${"a".repeat(DESTINATION_LENGTH_MAX - "https://shop.example/".length)}`;
    expect(allowedDestination(longest, HOSTS)).toBe(longest);
    expect(allowedDestination(`${longest}a`, HOSTS)).toBeUndefined();
    expect(allowedDestination(`https://shop.example/${"a".repeat(DESTINATION_LENGTH_MAX)}`, HOSTS)).toBeUndefined();
  });

  it("is on no host of a programme that has none", () => {
    expect(allowedDestination("https://shop.example/", [])).toBeUndefined();
  });
});

describe("the click id", () => {
  const withId = (href: string): string => {
    const { beforeId, afterId } = prepareDestination(href);
    return `${beforeId}ID${afterId}`;
  };
  it.each([
    ["https://shop.example/", "https://shop.example/?tid=ID"],
    ["https://shop.example/?", "https://shop.example/?tid=ID"],
    ["https://shop.example/a?b=c&b=d", "https://shop.example/a?b=c&b=d&tid=ID"],
    ["https://shop.example/a?b=c#part", "https://shop.example/a?b=c&tid=ID#part"],
    ["https://shop.example/#part", "https://shop.example/?tid=ID#part"],
    ["https://shop.example/#?tid=x", "https://shop.example/?tid=ID#?tid=x"],
    ["https://shop.example/?tid=forged&a=1", "https://shop.example/?a=1&tid=ID"],
    ["https://shop.example/?tid=forged", "https://shop.example/?tid=ID"],
  ])("goes into the query and displaces one that is there: %s", (href, expected) => {
    expect(withId(href)).toBe(expected);
  });

  it("is always the only one that the destination reads", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
        const href = new URL(text).href;
        const read = new URL(withId(href));
        expect(read.searchParams.getAll("tid")).toEqual(["ID"]);
        expect(read.host).toBe(new URL(href).host);
        expect(read.hash).toBe(new URL(href).hash);
      }),
    );
  });
});
