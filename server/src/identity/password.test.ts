import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("a password is kept as argon2id of 19 MiB and two passes, salted, and is checked in any form of Unicode", async () => {
  // In a process of its own: those of tests hash quickly.
  const script = `
    import { hashPassword, isRightPassword } from ${JSON.stringify(new URL("password.ts", import.meta.url).href)};
    const [hash, again] = [await hashPassword("caf\\u00e9"), await hashPassword("caf\\u00e9")];
    const checks = [];
    for (const [of, text] of [[hash, "cafe\\u0301"], [again, "caf\\u00e9"], [hash, "cafe"], [null, "nobody has this password"]])
      checks.push(await isRightPassword(of, text));
    console.log(JSON.stringify({ hash, isSalted: hash !== again, checks }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script]);
  expect(JSON.parse(stdout)).toEqual({
    hash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
    isSalted: true,
    checks: [true, true, false, false],
  });
});
