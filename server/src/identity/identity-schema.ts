import { type TSchema, Type } from "typebox";
import { Id, Instant, InstantInput, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { LANGUAGE_NAMES } from "../platform/language/index.ts";
import { SCOPES, type Scope, TEAM_ROLES } from "../platform/scopes.ts";
import { KEY_SCOPES, type KeyOwner } from "./api-key-rules.ts";
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from "./password-rules.ts";

/** RFC 5321, 4.5.3.1.3. */
const EMAIL_LENGTH_MAX = 254;
const TOKEN_LENGTH_MAX = 200;
const NAME_LENGTH_MAX = 100;

export const Email = Type.String({ format: "email", maxLength: EMAIL_LENGTH_MAX, examples: ["ada@example.com"] });
const Name = (description: string) =>
  Type.String({ minLength: 1, maxLength: NAME_LENGTH_MAX, pattern: "^[^\\p{Cc}]*$", description });
/** As it is typed to sign in: whatever was a password once. */
const Password = Type.String({ minLength: 1, maxLength: PASSWORD_LENGTH_MAX, format: "password" });
const NewPassword = Type.String({
  minLength: 1,
  maxLength: PASSWORD_LENGTH_MAX,
  format: "password",
  description: `At least ${PASSWORD_LENGTH_MIN} characters, and nothing that is tried first`,
});
const LinkToken = Type.String({ minLength: 1, maxLength: TOKEN_LENGTH_MAX, description: "From the link" });
const Strict = <Fields extends Record<string, TSchema>>(fields: Fields, examples?: readonly object[]) =>
  Type.Object(fields, { additionalProperties: false, ...(examples === undefined ? {} : { examples }) });
const PASSWORD_EXAMPLE = "seven silver herons";
const TOKEN_EXAMPLE = "from-the-link-in-the-mail";

export const Role = Type.Enum(["admin", "finance", "support"], { description: "Of a member of the team" });

export const UserView = Type.Object(
  {
    id: Id("Of the person"),
    role: Type.Enum(["admin", "finance", "support", "partner", "customer"]),
    email: Type.String(),
    name: Nullable(Type.String()),
    status: Type.Enum(["active", "disabled"]),
    emailVerifiedAt: Nullable(Instant("When the e-mail was shown to be theirs")),
    createdAt: Instant("When they were added"),
  },
  { title: "User", description: "A person who can sign in" },
);

export const SignInBody = Strict(
  {
    email: Email,
    password: Password,
    refreshToken: Type.Optional(
      Type.Enum(["body", "cookie"], {
        description:
          "Where the refresh token goes: a program takes it from the body (default), a browser from a cookie that no script can read",
      }),
    ),
  },
  [{ email: "ada@example.com", password: PASSWORD_EXAMPLE }],
);

export const TokensView = Type.Object({
  accessToken: Type.String({ description: "Send it as `Authorization: Bearer …`" }),
  accessTokenExpiresAt: Instant("When to refresh"),
  refreshToken: Type.Optional(Type.String({ description: "Left out where it is in a cookie" })),
  refreshTokenExpiresAt: Instant("When the session ends, if it is not refreshed"),
});
export const SignedInView = Type.Object({ ...TokensView.properties, user: UserView });

export const RefreshBody = Strict(
  {
    refreshToken: Type.Optional(
      Type.String({ minLength: 1, maxLength: TOKEN_LENGTH_MAX, description: "Left out where it is in a cookie" }),
    ),
  },
  [{ refreshToken: "TKtkbhboel8VjV-56w8nI" }],
);

export const VerifyBody = Strict({ token: LinkToken, password: NewPassword }, [
  { token: TOKEN_EXAMPLE, password: PASSWORD_EXAMPLE },
]);
export const EmailBody = Strict({ email: Email }, [{ email: "ada@example.com" }]);
export const ResetBody = Strict({ token: LinkToken, password: NewPassword }, [
  { token: TOKEN_EXAMPLE, password: PASSWORD_EXAMPLE },
]);
export const AcceptInvitationBody = Strict(
  {
    token: LinkToken,
    password: NewPassword,
    name: Type.Optional(Name("What to call you")),
  },
  [{ token: TOKEN_EXAMPLE, password: PASSWORD_EXAMPLE, name: "Ada Lovelace" }],
);
export const SetUpBody = Strict({ token: LinkToken, email: Email, name: Name("Of the admin"), password: NewPassword }, [
  { token: TOKEN_EXAMPLE, email: "ada@example.com", name: "Ada Lovelace", password: PASSWORD_EXAMPLE },
]);

export const LanguageBody = Strict(
  { language: Type.Enum([...LANGUAGE_NAMES], { description: "In which mails to you are written" }) },
  [{ language: "he" }],
);

export const MeView = Type.Object({
  user: UserView,
  language: Nullable(
    Type.Enum([...LANGUAGE_NAMES], { description: "In which you are written to; null while nobody knows" }),
  ),
  partnerId: Nullable(Id("Of the partner that you act for")),
  teamRole: Nullable(
    Type.Enum([...TEAM_ROLES], { description: "What you are on the partner's team; null where you act for none" }),
  ),
  tenantName: Type.String(),
  scopes: Type.Array(Type.String(), {
    description: "What you may do now",
    examples: [["partners:read", "payouts:read"]],
  }),
  isLooking: Type.Boolean({ description: "You see what this partner sees, and can change nothing" }),
  factorDueAt: Nullable(
    Instant("Until when you may do without the second factor that you need; null where you have one, or need none"),
  ),
});

export const SessionView = Type.Object({
  id: Id("Of the session"),
  userAgent: Nullable(Type.String()),
  network: Nullable(Type.String({ description: "Of the address, cut short" })),
  createdAt: Instant("When you signed in"),
  lastUsedAt: Instant("When it was last refreshed"),
  expiresAt: Instant("When it ends by itself"),
  isCurrent: Type.Boolean({ description: "It is the one that asks" }),
});
export const SessionPage = pageOf(SessionView);
export const NewestFirstQuery = Strict(pageQuery(["createdAt", "-createdAt"]));
export const IdParams = Type.Object({ id: Id("From the list") });

export const UserPage = pageOf(
  Type.Object(
    {
      ...UserView.properties,
      hasJoined: Type.Boolean({ description: "False until they have taken the invitation" }),
    },
    { $id: "Teammate", description: "A member of the team" },
  ),
);
export const InviteBody = Strict({ email: Email, name: Type.Optional(Name("What to call them")), role: Role }, [
  { email: "grace@example.com", name: "Grace", role: "finance" },
]);
export const UpdateUserBody = Type.Object(
  { role: Type.Optional(Role), status: Type.Optional(Type.Enum(["active", "disabled"])) },
  { additionalProperties: false, minProperties: 1, examples: [{ role: "support" }] },
);

const KeyMode = (description: string) => Type.Enum(["live", "test"], { description });
/** Of one mode, as keys of the other are in another tenant. */
export const ApiKeyQuery = Strict({
  ...pageQuery(["createdAt", "-createdAt"]),
  mode: Type.Optional(KeyMode("Keys of which mode; `live` when left out")),
});

const SCOPES_MAX = Object.keys(SCOPES).length;
const BLOCKS_MAX = 50;

/** Each owner's keys have scopes of their own. */
export const generateKeyBody = (owner: KeyOwner) =>
  Strict(
    {
      name: Name("What it is for"),
      scopes: Type.Array(Type.Unsafe<Scope>(Type.Enum([...KEY_SCOPES[owner]], { type: "string" })), {
        minItems: 1,
        maxItems: SCOPES_MAX,
        uniqueItems: true,
        description: "What the key may do; no more than you may",
      }),
      ipAllowList: Type.Optional(
        Type.Array(Type.String({ minLength: 2, maxLength: 50 }), {
          maxItems: BLOCKS_MAX,
          description: "Addresses or CIDR blocks from which the key is taken; from everywhere when left out",
          examples: [["203.0.113.0/24", "2001:db8::1"]],
        }),
      ),
      expiresAt: Type.Optional(InstantInput("When it ends, by the clock of its mode; never when left out")),
      mode: Type.Optional(KeyMode("`live` when left out. The first `test` key makes the test twin")),
    },
    [
      owner === "partner"
        ? { name: "Our dashboard", scopes: ["own:commissions:read", "own:payouts:read"] }
        : { name: "Billing", scopes: ["referrals:convert", "transactions:write"], ipAllowList: ["203.0.113.0/24"] },
    ],
  );

export const ApiKeyView = Type.Object(
  {
    id: Id("Of the key"),
    name: Type.String(),
    apiKey: Type.String({
      description: "User name of basic authentication; public",
      examples: ["trk_live_5Zz8Qe2mW4xY7aBcD9eF"],
    }),
    mode: KeyMode("A `test` key reaches the test twin and nothing else; a `live` key everything but that"),
    scopes: Type.Array(Type.String(), { examples: [["referrals:convert", "transactions:write"]] }),
    ipAllowList: Type.Array(Type.String(), { examples: [["203.0.113.0/24"]] }),
    status: Type.Enum(["active", "revoked", "expired"]),
    createdBy: Nullable(Id("Of the person who made it")),
    createdAt: Instant("When it was made"),
    lastUsedAt: Nullable(Instant("When it was last used, to the minute")),
    expiresAt: Nullable(Instant("When it ends by itself")),
    revokedAt: Nullable(Instant("When it was revoked")),
  },
  { title: "ApiKey", description: "An API key, without its secret" },
);
export const NewApiKeyView = Type.Object({
  ...ApiKeyView.properties,
  secret: Type.String({ description: "Password of basic authentication; shown here and never again" }),
});
export const ApiKeyPage = pageOf(ApiKeyView);

const CREDENTIAL_LENGTH_MAX = 100;
export const ExchangeKeyBody = Strict(
  {
    apiKey: Type.String({ minLength: 1, maxLength: CREDENTIAL_LENGTH_MAX, description: "Of the key; public" }),
    apiSecret: Type.String({ minLength: 1, maxLength: CREDENTIAL_LENGTH_MAX, description: "Shown when it was made" }),
  },
  [{ apiKey: "trk_live_5Zz8Qe2mW4xY7aBcD9eF", apiSecret: "trs_live_of-the-key" }],
);
export const KeyTokenView = Type.Object(
  {
    accessToken: Type.String(),
    tokenType: Type.Enum(["Bearer"]),
    expiresAt: Instant("When to exchange the key again"),
    scopes: Type.Array(Type.String(), { description: "What the key may do", examples: [["own:users:write"]] }),
  },
  { title: "KeyToken" },
);

export const JwksView = Type.Object({
  keys: Type.Array(
    Type.Object({
      kty: Type.String({ examples: ["OKP"] }),
      crv: Type.String({ examples: ["Ed25519"] }),
      x: Type.String({ examples: ["11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"] }),
      kid: Type.String({ examples: ["torq2DV16JSO6o0L-Anqfz"] }),
      alg: Type.String({ examples: ["EdDSA"] }),
      use: Type.String({ examples: ["sig"] }),
    }),
  ),
});
