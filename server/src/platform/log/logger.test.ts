import { describe, expect, it } from "vitest";
import { createLogger } from "./logger.ts";

const logged = (isPretty: boolean, work: (log: ReturnType<typeof createLogger>) => void): string => {
  const lines: string[] = [];
  work(createLogger({ level: "info", isPretty, destination: { write: (line: string) => void lines.push(line) } }));
  return lines.join("");
};

describe("the log", () => {
  it("blacks out secrets and people, at any depth that occurs", () => {
    const text = logged(false, (log) =>
      log.info(
        {
          password: "one",
          req: { headers: { authorization: "two", cookie: "three", "set-cookie": "four" } },
          user: { email: "five", id: "kept" },
          err: { config: { headers: { authorization: "six" } } },
        },
        "said",
      ),
    );
    expect(text).not.toMatch(/one|two|three|four|five|six/);
    expect(JSON.parse(text)).toMatchObject({ level: "info", msg: "said", user: { id: "kept" } });
  });

  it("says of an error what it is and where, and quotes nobody", () => {
    const refused = Object.assign(new Error('duplicate key value violates unique constraint "users_email_unique"'), {
      code: "23505",
      constraint: "users_email_unique",
      detail: "Key (tenant_id, email)=(1, ada@example.com) already exists.",
      where: "COPY users, line 1",
      client: { password: "hunter-7" },
    });
    const returned = Object.assign(new Error("550 5.1.1 <grace@example.org>: no such mailbox"), {
      responseCode: 550,
      rejected: ["grace@example.org"],
    });
    const text = logged(false, (log) => {
      log.error({ err: refused }, "first");
      log.warn({ err: new Error("the mail failed", { cause: returned }) }, "second");
      log.warn({ err: new AggregateError([returned], "all failed") }, "third");
    });
    expect(text).not.toMatch(/ada@|grace@|COPY|hunter-7/);
    const [first, second, third] = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(first.err).toMatchObject({ code: "23505", constraint: "users_email_unique", stack: expect.any(String) });
    expect(second.err.message).toBe("the mail failed: 550 5.1.1 <[e-mail]>: no such mailbox");
    expect(third.err.errors).toMatchObject([{ responseCode: 550 }]);
  });
});
