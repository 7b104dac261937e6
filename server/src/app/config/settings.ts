import { type Static, type TBoolean, type TInteger, type TSchema, type TString, Type } from "typebox";

/** What the documentation says of a setting beyond its type. */
type Meaning = {
  readonly description: string;
  /** What stands for the default in the documentation where it is worked out and no constant. */
  readonly defaultText?: string;
  readonly examples?: readonly string[];
  readonly isSecret?: boolean;
  /** How to make a value. */
  readonly howTo?: string;
};

const text = <const Keywords extends Meaning & { readonly default?: string; readonly pattern?: string }>(
  keywords: Keywords,
): TString & Keywords => ({ ...Type.String({ minLength: 1 }), ...keywords });
const whole = <
  const Keywords extends Meaning & { readonly default: number; readonly minimum: number; readonly maximum: number },
>(
  keywords: Keywords,
): TInteger & Keywords => ({ ...Type.Integer(), ...keywords });
const yesNo = <const Keywords extends Meaning & { readonly default: boolean }>(
  keywords: Keywords,
): TBoolean & Keywords => ({ ...Type.Boolean(), ...keywords });
const url = <const Keywords extends Meaning & { readonly schemes: readonly string[] }>(
  keywords: Keywords,
): TString & Keywords => ({ ...Type.String({ format: "url" }), ...keywords });

const POSTGRES = ["postgres", "postgresql"];
/** 32 bytes in base64, padded or not, in either alphabet. */
const SECRET = "^[A-Za-z0-9+/_-]{43}=?$";
const MAKE_SECRET = "openssl rand -base64 32";

/**
 * Every setting of Tributary, by the name of its environment variable. The reference (`docs/reference/configuration.md`), `.env.example`
 * and the messages about wrong values are made from this.
 */
export const SETTINGS = {
  "Where it runs": {
    TRIBUTARY_HOME: text({
      description:
        "Folder of this installation: the embedded Postgres, generated secrets, backups, the sandbox's state. One server uses it at a time. Under root Postgres runs as another user, and where that one may not enter the folder, its data lie in `/var/lib/tributary-…` (the start says so, and `postgres.json` in the folder has the path): back up by `tributary backup`, not by a copy of the folder.",
      default: ".tributary",
    }),
    HOST: text({
      description:
        "Address to listen on. `0.0.0.0` listens on every interface; demo logins are refused from other machines.",
      default: "127.0.0.1",
    }),
    PORT: whole({ description: "Port to listen on.", default: 3000, minimum: 1, maximum: 65_535 }),
    PUBLIC_URL: url({
      description:
        "Address under which browsers and Stripe reach the server: links in mails start with it, and `https` makes cookies Secure.",
      schemes: ["http", "https"],
      defaultText: "`http://HOST:PORT`",
      examples: ["https://partners.example.com"],
    }),
    DOMAIN_TARGET: text({
      description:
        "Host that the programme's own domains should lead to, by CNAME or by its addresses: that of the proxy that gets their certificates.",
      pattern: "^[A-Za-z0-9.:-]+$",
      defaultText: "the host of `PUBLIC_URL`",
      examples: ["partners.example.com"],
    }),
    DNS_SERVERS: text({
      description:
        "Whom to ask about these domains: addresses, separated by commas, each with a port where it is another than 53.",
      pattern: "^[0-9A-Fa-f.:\\[\\]]+(, *[0-9A-Fa-f.:\\[\\]]+)*$",
      defaultText: "whoever this machine asks",
      examples: ["1.1.1.1,9.9.9.9"],
    }),
    TRUST_PROXY: yesNo({
      description:
        "Believe `X-Forwarded-For` and its kin. Only behind a proxy that overwrites them: otherwise anybody chooses their own address.",
      default: false,
    }),
  },
  Database: {
    DATABASE_URL: url({
      description:
        "A Postgres (15 or newer) of your own instead of the embedded one, as the role that the server connects with.",
      schemes: POSTGRES,
      defaultText: "the embedded Postgres",
      examples: ["postgres://tributary:password@db.example.com:5432/tributary"],
      isSecret: true,
    }),
    DATABASE_MIGRATE_URL: url({
      description:
        "The same database as the role that owns (or will own) the schema and migrates it. The server never runs as this role.",
      schemes: POSTGRES,
      defaultText: "`DATABASE_URL`",
      examples: ["postgres://tributary_owner:password@db.example.com:5432/tributary"],
      isSecret: true,
    }),
    DATABASE_POOL_MAX: whole({
      description: "Connections that one process opens at most.",
      default: 20,
      minimum: 4,
      maximum: 500,
    }),
  },
  Secrets: {
    TRIBUTARY_PEPPER: text({
      description: "Peppers the hashes of API secrets, sessions and one-time links. Changing it retires all of them.",
      pattern: SECRET,
      defaultText: "made in `TRIBUTARY_HOME`; required with `DATABASE_URL`",
      isSecret: true,
      howTo: MAKE_SECRET,
    }),
    TRIBUTARY_ENCRYPTION_KEY: text({
      description: "Seals what must be read again, such as bank details. Losing it loses them.",
      pattern: SECRET,
      defaultText: "made in `TRIBUTARY_HOME`; required with `DATABASE_URL`",
      isSecret: true,
      howTo: MAKE_SECRET,
    }),
    TRIBUTARY_SIGNING_KEYS: text({
      description:
        "Keys of access tokens, separated by commas: the first signs, all of them verify. Rotate by putting another before it.",
      pattern: `${SECRET.slice(0, -1)}(,${SECRET.slice(1, -1)})*$`,
      defaultText: "made in `TRIBUTARY_HOME`; required with `DATABASE_URL`",
      isSecret: true,
      howTo: MAKE_SECRET,
    }),
  },
  Mail: {
    SMTP_URL: url({
      description:
        "Mail server. Without one, the embedded Postgres comes with a mailbox on this machine; with `DATABASE_URL` mail waits.",
      schemes: ["smtp", "smtps"],
      defaultText: "the built-in mailbox",
      examples: ["smtps://user:password@smtp.example.com:465"],
      isSecret: true,
    }),
    MAIL_FROM: text({
      description: "Sender of every mail.",
      default: "Tributary <tributary@localhost>",
      examples: ["Acme Partners <partners@example.com>"],
    }),
  },
  Stripe: {
    STRIPE_SECRET_KEY: text({
      description:
        "Pays partners through Stripe Connect. Without one the demo pays through a stand-in, and nothing else is paid by Stripe.",
      pattern: "^(sk|rk)_(test|live)_[A-Za-z0-9_]+$",
      defaultText: "none",
      examples: ["sk_test_…"],
      isSecret: true,
    }),
    STRIPE_CONNECT_WEBHOOK_SECRET: text({
      description:
        "Signing secret of the Connect webhook endpoint at `PUBLIC_URL/api/v1/webhooks/stripe-connect`. Several, parted by commas: while Stripe rolls the secret, the old and the new one; and that of an endpoint for the platform's own events.",
      pattern: "^whsec_[A-Za-z0-9+/=_-]+(,\\s*whsec_[A-Za-z0-9+/=_-]+)*$",
      defaultText: "none; required with `STRIPE_SECRET_KEY`",
      examples: ["whsec_…"],
      isSecret: true,
    }),
  },
  Compliance: {
    SANCTIONS_LIST: text({
      description:
        "Folder, or address of a folder, with OFAC's files `sdn.csv`, `add.csv` and `alt.csv`, read every six hours. In a folder, their dates count. Without one lists come by hand (`tributary sanctions import`). Nobody is screened before it is turned on in the portal.",
      defaultText: "none",
      examples: ["/var/lib/ofac", "https://lists.example.com/ofac/"],
    }),
    SANCTIONS_LIST_ENCODING: {
      ...Type.Enum(["utf-8", "windows-1252"]),
      description:
        "How those files are encoded. A file that is not so is refused: a name that was read wrongly is not found.",
      default: "utf-8",
    },
    WATCHMAN_URL: url({
      description: "A moov-io/watchman (version 2 of its API) that compares names instead of the list kept here.",
      schemes: ["http", "https"],
      defaultText: "none",
      examples: ["http://watchman.internal:8084"],
    }),
  },
  Running: {
    LOG_LEVEL: {
      ...Type.Enum(["fatal", "error", "warn", "info", "debug", "trace"]),
      description: "How much is logged: JSON lines on standard error, or for people where that is a terminal.",
      default: "info",
    },
    METRICS_TOKEN: text({
      description:
        "Lets `Authorization: Bearer …` read `/metrics` from other machines. Without one only this machine may.",
      pattern: "^[\\x21-\\x7e]{16,}$",
      defaultText: "none",
      isSecret: true,
      howTo: MAKE_SECRET,
    }),
    WORKER_CONCURRENCY: whole({
      description: "Jobs that one worker runs at once.",
      default: 4,
      minimum: 1,
      maximum: 100,
    }),
    WEBHOOKS_ALLOW_HTTP_LOOPBACK: yesNo({
      description:
        "Lets webhooks go to this machine over plain http, on any port: for development. Whoever may register an endpoint can then make the server post to its own machine.",
      default: false,
    }),
    WEBHOOKS_ALLOW_PRIVATE_ADDRESSES: yesNo({
      description:
        "Lets the operator's own webhooks go to private addresses, over http too and on any port: where your own systems listen in your own net. Partners' webhooks go to public addresses whatever this says; link-local addresses stay closed to all.",
      default: false,
    }),
    EXPORT_FOLDER: text({
      description:
        "Folder into which scheduled exports of the programme are laid that are not mailed. They hold customers' addresses: let nobody else read it.",
      defaultText: "none",
      examples: ["/var/lib/tributary/exports"],
    }),
    AUDIT_CHECKPOINTS_URL: url({
      description:
        "Where signed checkpoints of the audit trail are put, out of reach of whoever can write the database: `file:///FOLDER`, or a bucket of anything that speaks S3 as `https://HOST/BUCKET/PREFIX`.",
      schemes: ["file", "https", "http"],
      defaultText: "nowhere",
      examples: ["https://s3.eu-central-1.amazonaws.com/our-audit/tributary"],
    }),
    AUDIT_CHECKPOINTS_REGION: text({ description: "Region of the bucket.", default: "us-east-1" }),
    AUDIT_CHECKPOINTS_KEY_ID: text({
      description: "Access key of the bucket: it needs to list, read and put, and no more.",
      defaultText: "none",
    }),
    AUDIT_CHECKPOINTS_SECRET: text({ description: "Secret of that key.", defaultText: "none", isSecret: true }),
    CLICK_RETENTION_DAYS: whole({
      description: "Days that clicks are kept in full. What was counted and attributed stays.",
      default: 400,
      minimum: 30,
      maximum: 3_650,
    }),
  },
} as const satisfies Record<string, Record<string, TSchema>>;

type Groups = typeof SETTINGS;
type EachGroup = { [Group in keyof Groups]: Groups[Group] }[keyof Groups];
type UnionToIntersection<Union> = (Union extends unknown ? (value: Union) => void : never) extends (
  value: infer Intersection,
) => void
  ? Intersection
  : never;
type AllSettings = UnionToIntersection<EachGroup>;
export type SettingName = keyof AllSettings;

/** Values as they come from the environment: those with a default are always there. */
export type SettingValues = {
  readonly [Name in SettingName]:
    | Static<AllSettings[Name]>
    | (AllSettings[Name] extends { default: unknown } ? never : undefined);
};

/** A setting as the documentation and the messages need it. */
export type Setting = Meaning & {
  readonly name: SettingName;
  readonly group: string;
  readonly schema: TSchema;
  readonly type: string;
  readonly default?: string | number | boolean;
  readonly schemes?: readonly string[];
  readonly choices?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
};

/** All of them in order. */
export const settings: readonly Setting[] = Object.entries(SETTINGS).flatMap(([group, members]) =>
  Object.entries(members).map(([name, schema]) => asSetting(group, name, schema)),
);

/** Settings are declared with the keywords of `Meaning` and of JSON Schema: this reads both off the schema object. */
function asSetting(group: string, name: string, schema: TSchema): Setting {
  const { enum: choices, ...keywords } = schema as TSchema & { enum?: readonly string[] };
  return {
    ...(keywords as unknown as Setting),
    ...(choices ? { choices } : {}),
    name: name as SettingName,
    group,
    schema,
  };
}
