import { TOTP } from "otpauth";
import { PASSWORD } from "./app.ts";
import { createAuthenticator } from "./authenticator.ts";
import { must } from "./journey-steps.ts";
import type { Side } from "./two-tenants.ts";

/** A code of an authenticator app with this secret. */
export const codeOf = (secret: string, at: Date): string => new TOTP({ secret }).generate({ timestamp: at.getTime() });

const FACTORS = "/api/v1/auth/factors";

/** Somebody of the team with every kind of factor, who has begun to sign in; and settings that require one of nobody. */
export async function leaveFactors(side: Side): Promise<void> {
  const auth = await side.addMember("support");
  const { secret } = await must(side, "POST", `${FACTORS}/totp`, { auth });
  await must(side, "POST", `${FACTORS}/totp/confirm`, { auth, body: { code: codeOf(String(secret), side.ctx().now) } });
  const { token, options } = await must(side, "POST", `${FACTORS}/passkeys/begin`, { auth });
  const device = createAuthenticator({ origin: `http://${side.host}` });
  await must(side, "POST", `${FACTORS}/passkeys`, {
    auth,
    body: { token, name: "A phone", response: device.register(options as { challenge: string }) },
  });
  const { user } = await must(side, "GET", "/api/v1/auth/me", { auth });
  await side.send("POST", "/api/v1/auth/sign-in", {
    body: { email: (user as { email: string }).email, password: PASSWORD },
  });
  await must(side, "PUT", "/api/v1/admin/sign-in-settings", {
    auth: side.admin,
    body: { requiredRoles: [], graceDays: 7 },
  });
}
