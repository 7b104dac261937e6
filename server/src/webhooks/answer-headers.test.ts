import { describe, expect, it } from "vitest";
import { keepHeaders, readHeaders } from "./answer-headers.ts";

const kept = (received: Record<string, string | string[]>) => readHeaders(keepHeaders(received));

describe("the headers of an answer", () => {
  it("are read as they were kept, each value of a name by itself, empty ones and colons too", () => {
    expect(kept({ date: "Mon, 30 Nov 2026 10:00:00 GMT", via: ["1.1 one", "1.1 two: three"], "x-empty": "" })).toEqual([
      { name: "date", value: "Mon, 30 Nov 2026 10:00:00 GMT" },
      { name: "via", value: "1.1 one" },
      { name: "via", value: "1.1 two: three" },
      { name: "x-empty", value: "" },
    ]);
    expect(kept({})).toEqual([]);
  });

  it.each([
    "set-cookie",
    "authorization",
    "www-authenticate",
    "x-auth-token",
    "x-csrf-token",
    "x-api-key",
    "apikey",
    "x-amz-security-token",
    "x-session-id",
    "client-secret",
  ])("that may open something are kept by name alone: %s", (name) => {
    expect(kept({ [name]: ["opens", "sesame"], server: "nginx" })).toEqual([
      { name, value: "[redacted]" },
      { name, value: "[redacted]" },
      { name: "server", value: "nginx" },
    ]);
  });

  it("are 32 at most", () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`x-${index}`, "v"]));
    expect(kept(many).map(({ name }) => name)).toEqual(Array.from({ length: 32 }, (_, index) => `x-${index}`));
    expect(kept({ via: Array.from({ length: 40 }, () => "v") })).toHaveLength(32);
  });

  it("take less than 4 kB, and none is kept in part", () => {
    const long = "v".repeat(2_000);
    expect(kept({ one: long, two: long, three: long, four: "v" }).map(({ name }) => name)).toEqual(["one", "two"]);
    expect(kept({ one: "v".repeat(5_000), two: "v" })).toEqual([]);
  });

  it("are a line each, whatever a parser lets through", () => {
    expect(kept({ one: "a\u0000b\r\nset-cookie: x", two: "\u007f" })).toEqual([
      { name: "one", value: "a b  set-cookie: x" },
      { name: "two", value: " " },
    ]);
  });
});
