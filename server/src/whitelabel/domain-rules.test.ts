import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DnsFacts,
  DOMAIN_LENGTH_MAX,
  DOMAIN_LIFE,
  DOMAIN_STATES,
  endOf,
  isServed,
  outcomeOf,
  pauseBeforeCheck,
  problemsOf,
  readDomain,
  stateAfter,
  txtNameOf,
  txtValueOf,
} from "./domain-rules.ts";

const OURS = ["partners.tributary.dev", "links.tributary.dev"];
const refusalOf = (entered: string) => {
  const read = readDomain(entered, OURS);
  return "refusal" in read ? read.refusal : read.domain;
};

/** As long as a domain may be whose record has a name of 253 characters. */
const LONGEST = `${`${"a".repeat(59)}.`.repeat(4)}ab`;

describe("a domain that is entered", () => {
  it.each([
    ["Partners.Acme.com", "partners.acme.com"],
    ["  go.acme.com. ", "go.acme.com"],
    ["Bücher.com", "xn--bcher-kva.com"],
    ["xn--bcher-kva.com", "xn--bcher-kva.com"],
    ["ａcme。com", "acme.com"],
    ["שלום.co.il", "xn--9dbne9b.co.il"],
    ["partners.tributary.dev.evil.com", "partners.tributary.dev.evil.com"],
    ["ourpartners.tributary.dev", "ourpartners.tributary.dev"],
    ["acme.c1", "acme.c1"],
    ["acme.1x", "acme.1x"],
    ["acme.mytest", "acme.mytest"],
    [LONGEST, LONGEST],
  ])("%s is kept in the form that DNS knows", (entered, domain) => {
    expect(refusalOf(entered)).toBe(domain);
  });

  it.each([
    ["*.acme.com", "wildcard"],
    ["acme.*", "wildcard"],
    ["203.0.113.9", "address"],
    ["[2001:db8::1]", "address"],
    ["2001:db8::1", "address"],
    ["0x7f.1", "address"],
    ["2130706433", "address"],
    ["acme.12", "no_name"],
    ["203.0.[113.9", "no_name"],
    ["203.0].113.9", "no_name"],
    ["acme", "no_name"],
    ["", "no_name"],
    [".", "no_name"],
    ["acme..com", "no_name"],
    ["-acme.com", "no_name"],
    ["acme_cards.com", "no_name"],
    ["https://acme.com", "no_name"],
    ["acme.com/path", "no_name"],
    ["acme.com:8443", "no_name"],
    ["user@acme.com", "no_name"],
    ["a%2ecom", "no_name"],
    ["a b.com", "no_name"],
    ["a\u0000b.com", "no_name"],
    [`${"a".repeat(64)}.com`, "no_name"],
    [`a${LONGEST}`, "too_long"],
    [`${"a.".repeat(130)}com`, "too_long"],
    [`${"ü.".repeat(60)}com`, "too_long"],
    ["acme.localhost", "special"],
    ["acme.test", "special"],
    ["acme.internal", "special"],
    ["1.0.0.127.in-addr.arpa", "special"],
    ["partners.tributary.dev", "ours"],
    ["PARTNERS.tributary.dev.", "ours"],
    ["acme.partners.tributary.dev", "ours"],
    ["links.tributary.dev", "ours"],
  ])("%s is refused", (entered, refusal) => {
    expect(refusalOf(entered)).toBe(refusal);
  });

  it("whatever it is, is refused or a name that is its own form and leaves room for its record", () => {
    const words = fc.oneof(fc.string({ unit: "binary" }), fc.domain(), fc.ipV4());
    fc.assert(
      fc.property(words, (entered) => {
        const read = readDomain(entered, OURS);
        if ("refusal" in read) return;
        expect(read.domain).toMatch(/^[a-z0-9.-]+\.[a-z0-9-]+$/);
        expect(read.domain.length).toBeLessThanOrEqual(DOMAIN_LENGTH_MAX);
        expect(readDomain(read.domain, OURS)).toEqual(read);
      }),
    );
  });
});

const token = "token-of-ours";
const target = "partners.tributary.dev";
const right: DnsFacts = {
  txt: ["v=spf1 -all", txtValueOf(token)],
  aliases: [target],
  addresses: ["203.0.113.1"],
  targetAddresses: ["203.0.113.1", "2001:db8::1"],
};
const problems = (facts: Partial<DnsFacts>) =>
  problemsOf({ ...right, ...facts }, { token, target }).map(({ code }) => code);

describe("the records of a domain", () => {
  it.each([
    ["all there", {}, []],
    ["an alias with another spelling", { aliases: ["Partners.Tributary.DEV."], addresses: [] }, []],
    ["addresses of the same host", { aliases: [] }, []],
    ["an alias of an alias, which leads to the same host", { aliases: ["cards.acme.com"] }, []],
    ["an alias of ours, whose addresses others answer for", { addresses: ["198.51.100.9"] }, []],
    ["an alias of ours, however our own addresses are answered", { targetAddresses: undefined }, []],
    ["an alias of ours among others", { aliases: ["cards.acme.com", target], addresses: undefined }, []],
    ["an alias that only ends like ours", { aliases: [`x${target}`], addresses: [] }, ["points_elsewhere"]],
    ["no TXT record", { txt: ["v=spf1 -all"] }, ["txt_missing"]],
    ["another entry's TXT record", { txt: [txtValueOf("token-of-theirs")] }, ["txt_other"]],
    ["ours beside another entry's", { txt: [txtValueOf("theirs"), txtValueOf(token)] }, []],
    ["a TXT record that only begins like ours", { txt: [`${txtValueOf(token)}x`] }, ["txt_other"]],
    ["no address", { aliases: [], addresses: [] }, ["points_nowhere"]],
    ["an alias of nothing", { aliases: ["gone.acme.com"], addresses: [] }, ["points_elsewhere"]],
    ["another address", { aliases: [], addresses: ["198.51.100.9"] }, ["points_elsewhere"]],
    ["another address too", { aliases: [], addresses: ["203.0.113.1", "198.51.100.9"] }, ["points_elsewhere"]],
    ["nothing at all", { txt: [], aliases: [], addresses: [] }, ["txt_missing", "points_nowhere"]],
    ["no answer about TXT", { txt: undefined }, ["unanswered"]],
    ["no answer about aliases", { aliases: undefined }, ["unanswered"]],
    [
      "no answer about where we are, and no address",
      { aliases: [], addresses: [], targetAddresses: undefined },
      ["points_nowhere"],
    ],
    ["no answer about addresses", { aliases: [], addresses: undefined }, ["unanswered"]],
    ["no answer about where we are", { aliases: [], targetAddresses: undefined }, ["unanswered"]],
  ])("with %s", (_, facts, found) => {
    expect(problems(facts)).toEqual(found);
  });

  it("are named with what was found and what should be there", () => {
    const txt = [txtValueOf(token)];
    const here = [target, ...(right.targetAddresses ?? [])];
    const of = (facts: Partial<DnsFacts>) => problemsOf({ ...right, ...facts }, { token, target });
    expect(of({ txt: undefined })).toEqual([{ code: "unanswered", found: [], expected: txt }]);
    expect(of({ txt: [] })).toEqual([{ code: "txt_missing", found: [], expected: txt }]);
    const others = [txtValueOf("theirs\u0007")];
    expect(of({ txt: ["v=spf1 -all", ...others] })).toEqual([
      { code: "txt_other", found: [txtValueOf("theirs?")], expected: txt },
    ]);
    expect(of({ aliases: undefined })).toEqual([{ code: "unanswered", found: [], expected: here }]);
    expect(of({ aliases: [], targetAddresses: undefined })).toEqual([
      { code: "unanswered", found: [], expected: [target] },
    ]);
    expect(of({ aliases: [], addresses: [] })).toEqual([{ code: "points_nowhere", found: [], expected: here }]);
    expect(of({ aliases: ["cards.acme.com"], addresses: ["203.0.113.1", "198.51.100.9"] })).toEqual([
      { code: "points_elsewhere", found: ["cards.acme.com", "198.51.100.9"], expected: here },
    ]);
  });

  it("that show whose a domain is stand beside it, since beside a CNAME nothing else may stand", () => {
    expect(txtNameOf("go.acme.com")).toBe("_tributary.go.acme.com");
    expect(txtNameOf(LONGEST)).toHaveLength(253);
    expect(txtValueOf("abc")).toBe("tributary-domain=abc");
  });

  it("are shown as they were found, and no longer than a page bears", () => {
    const [problem] = problemsOf(
      { ...right, txt: Array.from({ length: 40 }, () => `${txtValueOf("\u0007")}${"x".repeat(5_000)}`) },
      { token, target },
    );
    expect(problem?.found).toHaveLength(5);
    for (const text of problem?.found ?? []) expect(text).toMatch(/^[ -~]{1,255}$/);
    expect(problem?.expected).toEqual([txtValueOf(token)]);
  });
});

describe("the state of a domain", () => {
  const since = new Date("2026-03-01T12:00:00Z");
  const at = (days: number) => ({ since, now: new Date(since.getTime() + days * 86_400_000) });

  it("is good whenever everything is there, and unmoved whenever DNS gives no answer", () => {
    for (const state of DOMAIN_STATES) {
      expect(stateAfter(state, "good", at(1_000))).toBe("active");
      expect(stateAfter(state, "unanswered", at(1_000))).toBe(state);
    }
  });

  it("is served in a time of grace of three days, and no longer", () => {
    expect(stateAfter("active", "bad", at(400))).toBe("failing");
    expect(stateAfter("failing", "bad", at(2.9))).toBe("failing");
    expect(stateAfter("failing", "bad", at(3))).toBe("broken");
    expect(DOMAIN_STATES.filter(isServed)).toEqual(["active", "failing"]);
  });

  it("is given up after two weeks in which it was never shown", () => {
    expect(stateAfter("pending", "bad", at(13.9))).toBe("pending");
    expect(stateAfter("pending", "bad", at(14))).toBe("lapsed");
    expect(pauseBeforeCheck("lapsed", 9)).toBeNull();
  });

  it("ends by itself while it waits or fails alone, as many days after it began", () => {
    expect(DOMAIN_STATES.map((state) => endOf(state, since))).toEqual([at(14).now, null, at(3).now, null, null]);
  });

  it("is looked at every hour in the time of grace, every six while all is well, and daily when it is broken", () => {
    const hours = (["active", "failing", "broken"] as const).map((state) => pauseBeforeCheck(state, 1));
    expect(hours.map((pause) => (pause ?? 0) / 3_600_000)).toEqual([6, 1, 24]);
  });

  it("is served again by a good check alone", () => {
    for (const state of DOMAIN_STATES.filter((one) => !isServed(one)))
      for (const after of [DOMAIN_LIFE[state].bad, DOMAIN_LIFE[state].late]) expect(isServed(after)).toBe(false);
  });

  it("is looked at ever less often while it is pending, and at least every six hours", () => {
    const minutes = Array.from({ length: 10 }, (_, failures) => (pauseBeforeCheck("pending", failures) ?? 0) / 60_000);
    expect(minutes).toEqual([5, 5, 10, 20, 40, 80, 160, 320, 360, 360]);
    expect(pauseBeforeCheck("pending", 1_000_000)).toBe(6 * 3_600_000);
  });
});

describe("an outcome", () => {
  it("is bad as soon as one thing is missing, whatever was not answered besides", () => {
    const of = (codes: ("unanswered" | "txt_missing")[]) =>
      outcomeOf(codes.map((code) => ({ code, found: [], expected: [] })));
    expect([of([]), of(["unanswered"]), of(["unanswered", "txt_missing"])]).toEqual(["good", "unanswered", "bad"]);
  });
});
