import { describe, expect, it } from "vitest";
import { checkUrl, kindOf, mayConnect, policyFor } from "./address-rules.ts";

const CLOSED = { allowsLoopback: false, allowsPrivate: false };
const LOOPBACK = { allowsLoopback: true, allowsPrivate: false };
const PRIVATE = { allowsLoopback: false, allowsPrivate: true };

describe("an address", () => {
  it.each([
    ["93.184.215.14", "public"],
    ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "public"],
    ["::ffff:93.184.215.14", "public"],
    ["127.0.0.1", "loopback"],
    ["127.255.255.254", "loopback"],
    ["::1", "loopback"],
    ["::ffff:127.0.0.1", "loopback"],
    ["::ffff:7f00:1", "loopback"],
    ["10.0.0.1", "private"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private"],
    ["192.168.1.1", "private"],
    ["100.64.0.1", "private"],
    ["fd00::1", "private"],
    ["::ffff:10.0.0.1", "private"],
    ["0.0.0.0", "closed"],
    ["0.1.2.3", "closed"],
    ["::", "closed"],
    ["169.254.169.254", "closed"],
    ["fe80::1", "closed"],
    ["fe80::1%eth0", "closed"],
    ["fec0::1", "closed"],
    ["224.0.0.1", "closed"],
    ["255.255.255.255", "closed"],
    ["240.0.0.1", "closed"],
    ["192.0.0.1", "closed"],
    ["192.0.2.1", "closed"],
    ["198.18.0.1", "closed"],
    ["198.51.100.1", "closed"],
    ["203.0.113.1", "closed"],
    ["ff02::1", "closed"],
    ["64:ff9b::7f00:1", "closed"],
    ["64:ff9b::5db8:d70e", "closed"],
    ["64:ff9b:1::a00:1", "closed"],
    ["2002:7f00:1::", "closed"],
    ["2001::1", "closed"],
    ["2001:db8::1", "closed"],
    ["3fff::1", "closed"],
    ["::7f00:1", "closed"],
    ["::127.0.0.1", "closed"],
    ["::93.184.215.14", "closed"],
    ["64:ff9b::127.0.0.1", "closed"],
    ["::ffff:0:127.0.0.1", "closed"],
    ["127.1", "closed"],
    ["0x7f.0.0.1", "closed"],
    ["2130706433", "closed"],
    ["0177.0.0.1", "closed"],
    ["localhost", "closed"],
    ["", "closed"],
  ])("%s is %s", (address, kind) => {
    expect(kindOf(address)).toBe(kind);
  });

  it("that is public is connected to over https alone; others where the configuration opens them", () => {
    expect(mayConnect("93.184.215.14", "https:", CLOSED)).toBe(true);
    for (const policy of [CLOSED, LOOPBACK, PRIVATE]) {
      expect(mayConnect("93.184.215.14", "http:", policy)).toBe(false);
      expect(mayConnect("169.254.169.254", "http:", policy)).toBe(false);
    }
    const opened = (address: string) =>
      [CLOSED, LOOPBACK, PRIVATE].map((policy) => mayConnect(address, "http:", policy));
    expect(opened("127.0.0.1")).toEqual([false, true, true]);
    expect(opened("10.0.0.1")).toEqual([false, false, true]);
  });
});

describe("a URL", () => {
  const verdict = (url: string, policy = CLOSED) => {
    const checked = checkUrl(url, policy);
    return checked.isAllowed ? "allowed" : checked.why;
  };

  it.each([
    ["https://app.example.com/hooks?tenant=1", "allowed"],
    ["https://app.example.com:8443/", "allowed"],
    ["https://93.184.215.14/", "allowed"],
    ["https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/", "allowed"],
    ["app.example.com", "no_url"],
    ["", "no_url"],
    [`https://app.example.com/${"x".repeat(500)}`, "too_long"],
    ["http://app.example.com/", "protocol"],
    ["ftp://app.example.com/", "protocol"],
    ["file:///etc/passwd", "protocol"],
    ["javascript:alert(1)", "protocol"],
    ["https://ada:secret@app.example.com/", "credentials"],
    ["https://ada@app.example.com/", "credentials"],
    ["https://app.example.com/#part", "fragment"],
    ["https://app.example.com:22/", "port"],
    ["https://app.example.com:6379/", "port"],
    ["https://localhost/", "address"],
    ["http://localhost:4000/hooks", "address"],
    ["http://192.168.1.7/", "address"],
    ["https://localhost./", "address"],
    ["https://api.localhost/", "address"],
    ["https://127.0.0.1/", "address"],
    ["https://127.1/", "address"],
    ["https://2130706433/", "address"],
    ["https://0x7f000001/", "address"],
    ["https://0177.0.0.1/", "address"],
    ["https://[::1]/", "address"],
    ["https://[::ffff:127.0.0.1]/", "address"],
    ["https://[64:ff9b::7f00:1]/", "address"],
    ["https://[2002:7f00:1::]/", "address"],
    ["https://10.0.0.1/", "address"],
    ["https://169.254.169.254/latest/meta-data", "address"],
    ["https://\uff11\uff12\uff17.0.0.1/", "address"],
  ])("%s: %s", (url, expected) => {
    expect(verdict(url)).toBe(expected);
  });

  it("leads to this machine over http where that is allowed, and nowhere else", () => {
    expect(verdict("http://127.0.0.1:4000/", LOOPBACK)).toBe("allowed");
    expect(verdict("http://localhost:4000/", LOOPBACK)).toBe("allowed");
    expect(verdict("http://app.example.com/", LOOPBACK)).toBe("protocol");
    expect(verdict("https://app.example.com:4000/", LOOPBACK)).toBe("port");
    expect(verdict("http://10.0.0.1/", LOOPBACK)).toBe("address");
  });

  it("leads into one's own net where that is allowed, and never to a link-local address", () => {
    expect(verdict("http://10.0.0.1:8080/", PRIVATE)).toBe("allowed");
    expect(verdict("http://shop.internal:8080/", PRIVATE)).toBe("allowed");
    expect(verdict("http://169.254.169.254/", PRIVATE)).toBe("address");
  });
});

it("a private net is opened to the operator's own endpoints, and to no partner's", () => {
  const policy = { allowsLoopback: false, allowsPrivate: true };
  const isAllowed = (partnerId: string | null) =>
    checkUrl("http://10.0.0.7:9000/", policyFor(policy, partnerId)).isAllowed;
  expect([isAllowed(null), isAllowed("partner")]).toEqual([true, false]);
});
