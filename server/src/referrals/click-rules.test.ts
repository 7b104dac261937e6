import { describe, expect, it } from "vitest";
import {
  cleanText,
  isPrefetch,
  readAddress,
  readAsked,
  readCarried,
  readConsent,
  readIp,
  readReferrer,
  readSubIds,
  validateCouponCode,
  validateReferralCode,
} from "./click-rules.ts";

describe("what visitors bring", () => {
  it("loses control characters, halves of characters and what is too long", () => {
    expect(cleanText("a\u0000b\nc\u009f")).toBe("abc");
    expect(cleanText("\u0000")).toBeNull();
    expect(cleanText("  ada \t")).toBe("ada");
    expect(cleanText("x\ud800y")).toBe("x\ufffdy");
    expect(cleanText("a".repeat(300))).toHaveLength(100);
    expect(cleanText(`${"a".repeat(99)}😀`)).toBe(`${"a".repeat(99)}\ufffd`);
  });

  it("is read leniently: of repeated fields the first, of no text nothing", () => {
    expect(
      readSubIds({ sub1: ["a", "b"], sub2: "", sub3: { x: 1 }, sub5: "e", sub6: "f", __proto__: { sub4: 1 } }),
    ).toEqual({
      sub1: "a",
      sub5: "e",
    });
  });

  it("comes from a page whose query is not kept", () => {
    expect(readReferrer("https://blog.example/post?email=ada@example.com#x")).toBe("https://blog.example/post");
    expect(readReferrer("https://user:pass@blog.example/")).toBe("https://blog.example/");
    expect(readReferrer("http://old.example/post")).toBe("http://old.example/post");
    expect(readReferrer("ftp://files.example/post")).toBeNull();
    // Up to four times what is kept is read, as most of it may be a query.
    expect(readReferrer(`https://blog.example/?${"a".repeat(1_978)}`)).toBe("https://blog.example/");
    expect(readReferrer(`https://blog.example/?${"a".repeat(1_979)}`)).toBeNull();
    for (const none of [undefined, "", "about:blank", "javascript:1", "not a url", "a".repeat(5_000)])
      expect(readReferrer(none)).toBeNull();
  });

  it("has an address that a column takes, or none", () => {
    expect(readIp("2001:db8::1")).toBe("2001:db8::1");
    for (const none of [null, "", "unknown", "1.2.3", "fe80::1%eth0", "1.2.3.4, 5.6.7.8"])
      expect(readIp(none)).toBeNull();
  });

  it("is no click while a browser only fetches ahead", () => {
    for (const headers of [
      { "sec-purpose": "prefetch;prerender" },
      { purpose: "prefetch" },
      { "x-moz": "prefetch" },
      { "x-purpose": "preview" },
    ])
      expect(isPrefetch(headers)).toBe(true);
    expect(isPrefetch({ "sec-purpose": "navigate", "user-agent": "prefetch" })).toBe(false);
  });
});

describe("the address of a visit", () => {
  it("gives its parameters, and none where it is no address", () => {
    expect(readAddress("https://shop.example/a?sub1=x&gclid=y#sub2=z")).toEqual({ sub1: "x", gclid: "y" });
    for (const none of [undefined, "", "shop.example/a?sub1=x"]) expect(readAddress(none)).toEqual({});
  });

  it("names the advertiser's parameter that it carries, never its value, and none that is empty", () => {
    const paidBy = (parameters: Record<string, unknown>) =>
      readCarried({ campaign: undefined, subIds: {}, parameters }).paidBy;
    expect(paidBy({ fbclid: "secret", gclid: "secret" })).toBe("gclid");
    expect(paidBy({ gclid: "", ttclid: ["secret", "other"] })).toBe("ttclid");
    expect(paidBy({ gclid: 1, utm_source: "x" })).toBeNull();
  });

  it("says where it asks to be led, with the campaign and what the partner tells its sources by", () => {
    expect(readAsked({ to: "https://shop.example/a", utm_campaign: "spring", sub2: "b", msclkid: "x" })).toEqual({
      to: "https://shop.example/a",
      carried: { campaign: "spring", subIds: { sub2: "b" }, paidBy: "msclkid" },
    });
    expect(readAsked({ to: ["https://a.example/", "https://b.example/"] })).toEqual({
      to: undefined,
      carried: { campaign: null, subIds: {}, paidBy: null },
    });
  });
});

describe("consent", () => {
  it("is what the page says, before what the browser asks for by itself", () => {
    expect(readConsent("1", "granted")).toBe("granted");
    expect(readConsent(undefined, "denied")).toBe("denied");
    expect(readConsent("1")).toBe("denied");
    for (const nothing of ["0", undefined, 1]) expect(readConsent(nothing)).toBe("unknown");
  });
});

describe("codes", () => {
  it("are the same in capitals and small letters, and nothing else is a code", () => {
    expect(validateReferralCode("Ada-20_x")).toBe("ada-20_x");
    expect(validateCouponCode(" ada20 ")).toBe("ADA20");
    for (const none of ["", "a", "-ab", "a b", "ä1", "a".repeat(51), "a/b", "a\u0000b", "ſſ", "\u212a\u212a"]) {
      expect(validateReferralCode(none)).toBeUndefined();
      expect(validateCouponCode(none)).toBeUndefined();
    }
  });
});
