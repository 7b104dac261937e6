import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { createCallerOf } from "./caller.ts";

const request = (headers: Record<string, string | string[]>): IncomingMessage =>
  ({ headers, socket: { remoteAddress: "192.0.2.1" } }) as unknown as IncomingMessage;

it("nobody but a proxy of ours says for which host and from where a request is", () => {
  const forged = request({
    host: "operator.test:3000",
    "x-forwarded-host": "victim.test",
    "x-forwarded-for": "203.0.113.9",
    forwarded: "for=203.0.113.9;host=victim.test",
    "x-host": "victim.test",
    "x-original-host": "victim.test",
  });
  expect(createCallerOf(false)(forged)).toEqual({ host: "operator.test", ip: "192.0.2.1" });
});

it("behind a proxy of ours the last entry counts, which is the one that it added", () => {
  const callerOf = createCallerOf(true);
  expect(
    callerOf(
      request({
        host: "server:3000",
        "x-forwarded-host": "victim.test, go.acme.com",
        "x-forwarded-for": "1.2.3.4, 203.0.113.9",
        forwarded: "host=victim.test",
      }),
    ),
  ).toEqual({ host: "go.acme.com", ip: "203.0.113.9" });
  expect(callerOf(request({ host: "server:3000", "x-forwarded-host": "go.acme.com." })).host).toBe("go.acme.com");
  expect(callerOf(request({ host: "go.acme.com:8443" }))).toEqual({ host: "go.acme.com", ip: "192.0.2.1" });
});

it.each(["go.acme.com", "go.acme.com.", "go.acme.com:8443", "go.acme.com.:8443"])(
  "a name is one, with its root and with a port: %s",
  (host) => {
    expect(createCallerOf(false)(request({ host })).host).toBe("go.acme.com");
  },
);
