import { type DestinationStream, type Logger, pino } from "pino";
import pretty from "pino-pretty";

export type LoggerOptions = {
  readonly level: string;
  /** For people, with colours; otherwise one JSON object a line. */
  readonly isPretty: boolean;
  /** Where lines go; standard error when not given. */
  readonly destination?: DestinationStream;
};

/** What must never be in a log, wherever an object brings it along. */
const SECRET_PATHS = [
  "authorization",
  "cookie",
  "password",
  "passwordHash",
  "secret",
  "apiSecret",
  "token",
  "refreshToken",
  "email",
  "tin",
  "iban",
];
/** At the top, in an object of the line, and in an object of that one (`err.config.headers`, `req.headers`). */
const REDACTED = SECRET_PATHS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]).concat(
  '*.headers["set-cookie"]',
  '*.*.headers["set-cookie"]',
);

/** The program's log. Ids go in, people and secrets do not: what slips through by name is blacked out here. */
export function createLogger({ level, isPretty, destination }: LoggerOptions): Logger {
  const options = {
    level,
    redact: { paths: REDACTED, censor: "[redacted]" },
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: serializeError },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (!isPretty) return pino(options, destination ?? pino.destination({ fd: 2, sync: true }));
  const stream = pretty({
    colorize: true,
    translateTime: "SYS:HH:MM:ss",
    ignore: "pid,hostname",
    singleLine: true,
    sync: true,
    destination: destination ?? 2,
  });
  return pino(options, stream);
}

/** What is known of an error without quoting anybody: Postgres puts the refused row into `detail`, mail servers and clients their whole exchange. */
const KEPT_OF_ERRORS = [
  "type",
  "code",
  "severity",
  "schema",
  "table",
  "column",
  "constraint",
  "routine",
  "syscall",
  "responseCode",
  "statusCode",
  "requestId",
] as const;
const EMAIL = /[^\s<>()[\]{},;:"'=]+@[^\s<>()[\]{},;:"'=]+/g;

/** An error by its name, text, place and codes. Texts of other programs quote addresses: these are blacked out. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const whole = pino.stdSerializers.err(error);
  return {
    ...Object.fromEntries(KEPT_OF_ERRORS.flatMap((name) => (whole[name] === undefined ? [] : [[name, whole[name]]]))),
    message: withoutEmails(whole.message),
    stack: withoutEmails(whole.stack),
    ...(error instanceof AggregateError ? { errors: error.errors.map(serializeError) } : {}),
  };
}

const withoutEmails = (text: string): string => text.replaceAll(EMAIL, "[e-mail]");
