import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { Type } from "typebox";
import { ANY_TEXT, Id, Instant, Line, Nullable, Text } from "../platform/http/index.ts";
import { PASSWORD_LENGTH_MAX } from "./password-rules.ts";
import { FACTOR_ROLES, type FactorRole } from "./sign-in-settings.ts";

const strict = { additionalProperties: false };
const TOKEN_EXAMPLE = "TKtkbhboel8VjV-56w8nI";
const Token = Type.String({ minLength: 1, maxLength: 200, description: "From the answer that began it" });
const Code = Type.String({ pattern: "^\\d{6}$", description: "Of the authenticator app", examples: ["492039"] });
const RecoveryCode = Type.String({
  minLength: 10,
  maxLength: 20,
  pattern: "^[A-Za-z0-9 -]+$",
  description: "One of those that were shown when the first factor was added; each is good once",
  examples: ["k7mq2-x9ptw"],
});
const Where = Type.Optional(
  Type.Enum(["body", "cookie"], { description: "Where the refresh token goes, as at sign-in" }),
);

/** Generous for any authenticator: attestations with certificates are the longest. */
const BYTES_MAX = 20_000;
const Bytes = Type.String({ maxLength: BYTES_MAX, description: "base64url" });
const credential = <Response extends Record<string, import("typebox").TSchema>>(response: Response) => ({
  id: Type.String({ minLength: 1, maxLength: 1_400, description: "The credential" }),
  rawId: Type.String({ minLength: 1, maxLength: 1_400, description: "The same" }),
  type: Type.Enum(["public-key"]),
  // Browsers add fields as the standard grows; what is signed is verified, the rest is left aside.
  response: Type.Object(response, { additionalProperties: true, [ANY_TEXT]: true }),
  clientExtensionResults: Type.Optional(Type.Object({}, { additionalProperties: true, [ANY_TEXT]: true })),
  authenticatorAttachment: Type.Optional(Nullable(Type.String({ maxLength: 50 }))),
});
const REGISTRATION_EXAMPLE = {
  id: "Zm9v",
  rawId: "Zm9v",
  type: "public-key",
  response: { clientDataJSON: "e30", attestationObject: "oA" },
  clientExtensionResults: {},
};
const AUTHENTICATION_EXAMPLE = {
  id: "Zm9v",
  rawId: "Zm9v",
  type: "public-key",
  response: { clientDataJSON: "e30", authenticatorData: "AA", signature: "AA" },
  clientExtensionResults: {},
};
/** `PublicKeyCredential` of WebAuthn as JSON: what the browser answers. */
const Registration = Type.Unsafe<RegistrationResponseJSON>(
  Type.Object(credential({ clientDataJSON: Bytes, attestationObject: Bytes }), {
    ...strict,
    description: "What the browser made (`RegistrationResponseJSON` of WebAuthn)",
  }),
);
const Authentication = Type.Unsafe<AuthenticationResponseJSON>(
  Type.Object(credential({ clientDataJSON: Bytes, authenticatorData: Bytes, signature: Bytes }), {
    ...strict,
    description: "What the passkey signed (`AuthenticationResponseJSON` of WebAuthn)",
  }),
);

const shown = {
  token: Token,
  code: Type.Optional(Code),
  recoveryCode: Type.Optional(RecoveryCode),
  passkey: Type.Optional(Authentication),
};
const oneOf = {
  ...strict,
  description: "One of `code`, `recoveryCode` and `passkey`",
  examples: [{ token: TOKEN_EXAMPLE, code: "492039" }],
};
export const SecondFactorBody = Type.Object({ ...shown, refreshToken: Where }, oneOf);
export const StepUpFactorBody = Type.Object(shown, oneOf);
export const PasskeySignInBody = Type.Object(
  { token: Token, passkey: Authentication, refreshToken: Where },
  { ...strict, examples: [{ token: TOKEN_EXAMPLE, passkey: AUTHENTICATION_EXAMPLE }] },
);
const Options = Type.Unsafe<object>({
  type: "object",
  additionalProperties: true,
  description: "For the browser's WebAuthn",
});
export const BegunView = Type.Object({
  token: Type.String({ description: "Send it back with what the passkey signed" }),
  expiresAt: Instant("Until when it may be answered"),
  options: Options,
});
export const StepUpBody = Type.Object(
  { password: Type.String({ minLength: 1, maxLength: PASSWORD_LENGTH_MAX, format: "password" }) },
  { ...strict, examples: [{ password: "seven silver herons" }] },
);

export const FactorsView = Type.Object({
  totpSince: Nullable(Instant("Since when an authenticator app is enrolled")),
  passkeys: Type.Array(
    Type.Object({
      id: Id("The passkey"),
      name: Type.String({ examples: ["My phone"] }),
      createdAt: Instant("When it was added"),
      lastUsedAt: Nullable(Instant("When it was last used")),
    }),
  ),
  recoveryCodesLeft: Type.Integer({ minimum: 0 }),
  isRequired: Type.Boolean({ description: "The operator requires a second factor of your role" }),
  dueAt: Nullable(Instant("Until when you may still do without one; null where you have one, or need none")),
});
export const TotpView = Type.Object({
  secret: Type.String({ description: "For whoever types it; shown here and never again" }),
  uri: Type.String({
    description: "For whoever scans it as a QR code",
    examples: ["otpauth://totp/Partners:ada%40example.com"],
  }),
});
export const ConfirmTotpBody = Type.Object({ code: Code }, { ...strict, examples: [{ code: "492039" }] });
const codes = Type.Array(Type.String({ examples: ["k7mq2-x9ptw"] }), {
  description: "Shown here and never again; each is good once",
});
export const EnrolledView = Type.Object({ recoveryCodes: Nullable(codes) });
export const RecoveryCodesView = Type.Object({ recoveryCodes: codes });
export const PasskeyBegunView = Type.Object({ token: BegunView.properties.token, options: Options });
export const ConfirmPasskeyBody = Type.Object(
  {
    token: Token,
    name: Line({ minLength: 1, maxLength: 100, description: "What to call it" }),
    response: Registration,
  },
  { ...strict, examples: [{ token: TOKEN_EXAMPLE, name: "My phone", response: REGISTRATION_EXAMPLE }] },
);
export const PasskeyEnrolledView = Type.Object({
  passkey: FactorsView.properties.passkeys.items,
  recoveryCodes: Nullable(codes),
});
export const ResetFactorsBody = Type.Object(
  { reason: Text({ minLength: 1, maxLength: 500, description: "Why; it stands in the audit trail" }) },
  { ...strict, examples: [{ reason: "Lost her phone; called back on the number that we have" }] },
);
export const SignInSettingsView = Type.Object({
  requiredRoles: Type.Array(Type.Enum([...FACTOR_ROLES]), { description: "Who must have a second factor" }),
  graceDays: Type.Integer({ minimum: 0, maximum: 90, description: "How long whoever has none may still do without" }),
});
export const SignInSettingsBody = Type.Object(
  {
    requiredRoles: Type.Array(Type.Unsafe<FactorRole>(Type.Enum([...FACTOR_ROLES], { type: "string" })), {
      maxItems: FACTOR_ROLES.length,
      uniqueItems: true,
    }),
    graceDays: Type.Integer({ minimum: 0, maximum: 90 }),
  },
  { ...strict, examples: [{ requiredRoles: ["admin", "finance"], graceDays: 7 }] },
);
