import { type Html, html } from "../pages/html.ts";
import { page } from "../pages/page.ts";
import { type MailContent, type MailSummary, piecesOf } from "./mail.ts";
import { MAILBOX_STYLE } from "./mailbox-style.ts";

export type MailView = "html" | "text" | "source";

export type OpenedMail = {
  readonly summary: MailSummary;
  readonly content: MailContent;
  readonly view: MailView;
  readonly source: string;
};

export type MailboxPage = {
  readonly messages: readonly MailSummary[];
  readonly search: string;
  readonly opened: OpenedMail | undefined;
  readonly now: Date;
};

/** Of a long list the rest is reached by searching. */
const SHOWN_MAX = 200;

const ENVELOPE = (size: number): Html => html`<svg width="${size}" height="${size}" viewBox="0 0 24 24" fill="none"
  stroke="currentColor" stroke-width="1.75" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true">
  <rect x="3" y="5" width="18" height="14" rx="2.5"></rect><path d="m3.5 7.5 8.5 6 8.5-6"></path></svg>`;

/** The whole mailbox: what there is, and the message that is open. */
export function mailboxPage({ messages, search, opened, now }: MailboxPage): Html {
  const title = opened === undefined ? "Mailbox" : `${subjectOf(opened.summary)} · Mailbox`;
  return page({
    title,
    style: MAILBOX_STYLE,
    className: `wide ${opened === undefined ? "listed" : "opened"}`,
    header: html`<header class="top"><div>
      <a class="mark" href="/">${ENVELOPE(22)}Mailbox</a>
      <span class="muted small">Stands in for a mail server. Nothing leaves this machine.</span>
      <form action="/" role="search"><input name="q" type="search" value="${search}" aria-label="Search mail" placeholder="Search by address or subject"></form>
    </div></header>`,
    body: html`
      <section class="list" aria-label="Messages">${list(messages, { search, openId: opened?.summary.id, now })}</section>
      <section class="message">${opened === undefined ? nothingOpen(messages.length) : message(opened, search)}</section>`,
  });
}

function list(
  messages: readonly MailSummary[],
  at: { readonly search: string; readonly openId: string | undefined; readonly now: Date },
): Html {
  if (messages.length === 0) {
    return at.search === ""
      ? html`<div class="empty">${ENVELOPE(40)}<h1>No mail yet</h1><p>Whatever Tributary sends arrives here: confirmations, resets, invitations. This page looks again by itself.</p></div>`
      : html`<div class="empty"><h1>No messages match</h1><p><a href="/">Clear the search</a></p></div>`;
  }
  const rows = messages.slice(0, SHOWN_MAX).map(
    (
      mail,
    ) => html`<li class="${mail.isRead ? "read" : "unread"}"><a href="${linkTo(mail.id, at.search)}"${current(mail.id === at.openId)}>
      <span class="line"><span class="to">To ${mail.recipients.join(", ")}</span><time datetime="${mail.receivedAt}">${shortTime(mail.receivedAt, at.now)}</time></span>
      <span class="subject cut">${subjectOf(mail)}</span>
      <div class="preview cut">${mail.preview}</div></a></li>`,
  );
  const more = messages.length - rows.length;
  return html`<ol>${rows}</ol>${more > 0 && html`<p class="empty small">${more} older ones; search to find them.</p>`}`;
}

function nothingOpen(count: number): Html {
  if (count === 0) return html``;
  return html`<div class="empty">${ENVELOPE(40)}<h2>${count === 1 ? "One message" : `${count} messages`}</h2><p>Open one to read it.</p></div>`;
}

function message({ summary, content, view, source }: OpenedMail, search: string): Html {
  const views = [
    ...(content.html === undefined ? [] : ([["html", "Formatted"]] as const)),
    ["text", "Text"] as const,
    ["source", "Source"] as const,
  ];
  return html`
    <a class="back" href="${search === "" ? "/" : `/?q=${encodeURIComponent(search)}`}">← All messages</a>
    <h1>${subjectOf(summary)}</h1>
    <dl class="facts">
      <dt>From</dt><dd>${summary.from}${summary.from === summary.sender ? "" : html` <span class="muted">&lt;${summary.sender}&gt;</span>`}</dd>
      <dt>To</dt><dd>${summary.recipients.join(", ")}</dd>
      <dt>Received</dt><dd><time datetime="${summary.receivedAt}">${longTime(summary.receivedAt)}</time></dd>
      ${content.attachments.length > 0 && html`<dt>Attached</dt><dd>${content.attachments.map(({ name }) => name).join(", ")}</dd>`}
    </dl>
    <nav class="views" aria-label="View">${views.map(([name, label]) => html`<a href="${linkTo(summary.id, search, name)}"${current(name === view)}>${label}</a>`)}</nav>
    ${body({ summary, content, view, source })}`;
}

function body({ summary, content, view, source }: OpenedMail): Html {
  if (view === "source") return html`<pre class="source mono">${source}</pre>`;
  if (view === "html") {
    // Opaque origin, no script, no form; its links open in a tab of their own.
    return html`<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${summary.id}/html" title="The message as its sender laid it out"></iframe>`;
  }
  const pieces = piecesOf(content.text).map((piece) =>
    piece.isLink
      ? html`<a href="${piece.text}" target="_blank" rel="noreferrer noopener">${piece.text}</a>`
      : piece.text,
  );
  return html`<div class="text">${pieces}</div>`;
}

const current = (isCurrent: boolean): Html => (isCurrent ? html` aria-current="true"` : html``);

const subjectOf = ({ subject }: MailSummary): string => (subject === "" ? "(no subject)" : subject);

function linkTo(id: string, search: string, view?: MailView): string {
  const query = new URLSearchParams({
    ...(search === "" ? {} : { q: search }),
    ...(view === undefined ? {} : { view }),
  });
  return `/messages/${id}${query.size === 0 ? "" : `?${query.toString()}`}`;
}

/** Today the time, this year the day, before that the year too. */
function shortTime(instant: string, now: Date): string {
  const date = new Date(instant);
  if (date.toDateString() === now.toDateString()) {
    return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...year });
}

const longTime = (instant: string): string =>
  new Date(instant).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "medium" });
