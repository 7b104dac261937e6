import { escapeHtml } from "../../kernel/escape-html.ts";
import type { Mail } from "./mailer.ts";

/** What a mail says, once; both bodies are made of it. */
export type MailText = {
  readonly subject: string;
  readonly lines: readonly string[];
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
};

const PLAIN: MailLook = { ground: "#ffffff", text: "#17201d", button: "#1f5c4d", buttonText: "#ffffff", logo: null };

/** Makes a message of its text. Whoever wrote a part of the text writes no header and no markup by it. */
export function composeMail(to: string, content: MailText, look: MailLook = PLAIN): Mail {
  const { subject, lines, button, small, unsubscribeUrl } = content;
  const text = [
    ...lines,
    ...(button ? [button.url] : []),
    ...(small === undefined ? [] : [small]),
    ...(unsubscribeUrl === undefined ? [] : [`Unsubscribe: ${unsubscribeUrl}`]),
  ].join("\n\n");
  const paragraphs = lines.map((line) => `<p>${escapeHtml(line).replaceAll("\n", "<br>")}</p>`).join("");
  const action = button
    ? `<p><a href="${escapeHtml(button.url)}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:${look.button};color:${look.buttonText};text-decoration:none">${escapeHtml(button.label)}</a></p><p style="font-size:13px;opacity:0.75">Or open this address:<br>${escapeHtml(button.url)}</p>`
    : "";
  const mark =
    look.logo === null
      ? ""
      : `<p><img src="${escapeHtml(look.logo.url)}" alt="${escapeHtml(look.logo.name)}" height="32" style="height:32px;max-width:240px"></p>`;
  const print = small === undefined ? "" : `<p style="font-size:13px;opacity:0.75">${escapeHtml(small)}</p>`;
  const end =
    unsubscribeUrl === undefined
      ? ""
      : `<p style="font-size:13px"><a href="${escapeHtml(unsubscribeUrl)}" style="color:inherit">Unsubscribe</a></p>`;
  return {
    to,
    // A line break would begin another header field.
    subject: subject.replaceAll(/[\r\n]+/g, " "),
    text: `${text}\n`,
    html: `<!doctype html><html lang="en"><body style="margin:0;padding:24px;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;background:${look.ground};color:${look.text}"><div style="max-width:520px">${mark}${paragraphs}${action}${print}${end}</div></body></html>\n`,
    ...(unsubscribeUrl !== undefined && { unsubscribeUrl }),
  };
}
