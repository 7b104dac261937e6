import { escapeHtml } from "../../kernel/escape-html.ts";
import type { ReadTx } from "../database/index.ts";
import { DEFAULT_ACCENT } from "../default-look.ts";
import { DEFAULT_LANGUAGE, LANGUAGES, type Reader, say } from "../language/index.ts";
import type { Mail } from "./mailer.ts";

/** A paragraph: ours in the mail's language, or in the words of somebody whose language nobody knows. */
export type MailLine = string | { readonly quoted: string };

/** What a mail says, once, in the language of its reader; both bodies are made of it. */
export type MailText = {
  readonly subject: string;
  readonly lines: readonly MailLine[];
  readonly button?: { readonly label: string; readonly url: string };
  /** In small print, last. */
  readonly small?: string;
  /** Ends mails of this kind: a link below, and in the headers. */
  readonly unsubscribeUrl?: string;
};

/** Colours (`#rrggbb`) and mark of a sender's mails. */
export type MailLook = {
  readonly ground: string;
  /** On the ground. */
  readonly text: string;
  readonly button: string;
  readonly buttonText: string;
  readonly logo: { readonly url: string; readonly name: string } | null;
  /** Of a mail to a partner that shows itself beside the sender. */
  readonly partner?: PartnerMark;
};

/** A partner as a mail shows it. What it calls itself is its own word: text, and no address that mail programs would make a link of. */
type PartnerMark = {
  /** The sender's, as the mail calls it beside the partner. */
  readonly besideName: string;
  readonly name: string;
  /** A whole address on the sender's host; null where mails cannot show it: its name stands there. */
  readonly logoUrl: string | null;
  /** `#rrggbb`, on which white can be read: of the button, and of the name on white. */
  readonly colour: string;
};

/** How mails to a partner look. The marks of partners lie above most who write to them: handed in by the composition root. */
export type PartnerLook = (tx: ReadTx, partnerId: string) => Promise<MailLook | undefined>;

/** Of who has chosen none. */
export const PLAIN_LOOK: MailLook = {
  ground: "#ffffff",
  text: "#161a1f",
  button: DEFAULT_ACCENT,
  buttonText: "#ffffff",
  logo: null,
};

/** Makes a message of its text. Whoever wrote a part of the text writes no header and no markup by it. */
export function composeMail({ email, language }: Reader, content: MailText, look: MailLook = PLAIN_LOOK): Mail {
  const { subject, lines, button, small, unsubscribeUrl } = content;
  const known = language ?? DEFAULT_LANGUAGE;
  const { direction } = LANGUAGES[known];
  const ours = [
    ...(look.partner === undefined
      ? []
      : [say(known, "mail.beside", { programme: look.partner.besideName, partner: nameInMail(look.partner.name) })]),
    ...lines,
    // An address stands alone: programs make a link of it as it is.
    ...(button ? [{ quoted: button.url }] : []),
    ...(small === undefined ? [] : [small]),
    ...(unsubscribeUrl === undefined ? [] : [`${say(known, "mail.unsubscribe")}: ${unsubscribeUrl}`]),
  ];
  const paragraphs = lines.map(paragraphOf).join("");
  const action = button
    ? `<p><a href="${escapeHtml(button.url)}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:${look.partner?.colour ?? look.button};color:${look.partner ? WHITE : look.buttonText};text-decoration:none">${escapeHtml(button.label)}</a></p><p style="font-size:13px;opacity:0.75;overflow-wrap:anywhere">${escapeHtml(say(known, "mail.address"))}<br><span dir="ltr">${escapeHtml(button.url)}</span></p>`
    : "";
  const print = small === undefined ? "" : `<p style="font-size:13px;opacity:0.75">${escapeHtml(small)}</p>`;
  const end =
    unsubscribeUrl === undefined
      ? ""
      : `<p style="font-size:13px"><a href="${escapeHtml(unsubscribeUrl)}" style="color:inherit">${escapeHtml(say(known, "mail.unsubscribe"))}</a></p>`;
  return {
    to: email,
    // A line break would begin another header field.
    subject: subject.replaceAll(/[\r\n]+/g, " "),
    text: `${ours.map((line) => textOf(line, direction)).join("\n\n")}\n`,
    // Programs that show a mail inside their own page leave the first two elements out: what lies inside says its direction itself.
    html: `<!doctype html><html lang="${known}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head><body style="margin:0;padding:24px;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;background:${look.ground};color:${look.text}"><div lang="${known}" dir="${direction}" style="max-width:520px;text-align:start">${marksOf(look)}${paragraphs}${action}${print}${end}</div></body></html>\n`,
    ...(unsubscribeUrl !== undefined && { unsubscribeUrl }),
  };
}

/** Somebody else's words stand as their own first letter says, as wide as the others. */
const paragraphOf = (line: MailLine): string =>
  typeof line === "string" ? `<p>${asHtml(line)}</p>` : `<p dir="auto">${asHtml(line.quoted)}</p>`;

const asHtml = (text: string): string => escapeHtml(text).replaceAll("\n", "<br>");

const RIGHT_TO_LEFT_MARK = "\u200f";

/** Text has no direction but that of its first letter, which may be a name's: an unseen mark is the first letter of what is ours. */
const textOf = (line: MailLine, direction: "ltr" | "rtl"): string => {
  if (typeof line !== "string") return line.quoted;
  return direction === "ltr" ? line : line.replaceAll(/^(?=.)/gm, RIGHT_TO_LEFT_MARK);
};

const WHITE = "#ffffff";

/** The sender's mark, and beside it the partner's: on white, for which it was drawn and its colour was checked, whatever the ground of the mail. */
function marksOf({ logo, partner }: MailLook): string {
  const own = logo && imageOf(logo.url, logo.name);
  if (partner === undefined) return own === null ? "" : `<p>${own}</p>`;
  const { besideName, logoUrl, colour } = partner;
  const name = nameInMail(partner.name);
  const theirs = logoUrl === null ? escapeHtml(name) : imageOf(logoUrl, name);
  return `<p style="padding-bottom:12px;border-bottom:3px solid ${colour}">${own ?? `<b>${escapeHtml(besideName)}</b>`} <span style="display:inline-block;margin-inline-start:16px;padding:4px 8px;background:${WHITE};color:${colour};font-weight:600;vertical-align:middle">${theirs}</span></p>`;
}

const imageOf = (url: string, name: string): string =>
  `<img src="${escapeHtml(url)}" alt="${escapeHtml(name)}" height="32" style="height:32px;max-width:240px;vertical-align:middle">`;

/** As much of a name as stands beside another. */
const NAME_LENGTH_MAX = 80;
const ZERO_WIDTH_SPACE = "\u200b";

/**
 * What somebody calls themselves, as a mail may say it: one line without signs that are not seen or that turn the direction of others. Mail
 * programs make links of text that looks like an address: an unseen space behind each sign that addresses are made with keeps them from it.
 */
function nameInMail(name: string): string {
  const line = name.normalize("NFKC").replaceAll(/\s+/gu, " ").replaceAll(/\p{C}/gu, "").trim();
  const letters = Array.from(line);
  const short = letters.length <= NAME_LENGTH_MAX ? line : `${letters.slice(0, NAME_LENGTH_MAX - 1).join("")}…`;
  return short.replaceAll(/[.:/@。]/gu, `$&${ZERO_WIDTH_SPACE}`);
}
