import PostalMime, { type Address } from "postal-mime";

/** What is known of a message without opening it. */
export type MailSummary = {
  readonly id: string;
  readonly receivedAt: string;
  /** Who it says it is from. */
  readonly from: string;
  /** The address alone. */
  readonly sender: string;
  /** Whom it was delivered to: the envelope's word, which knows blind copies. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** The beginning of its text. */
  readonly preview: string;
  readonly size: number;
  readonly isRead: boolean;
};

/** A message opened. */
export type MailContent = {
  readonly text: string;
  /** Undefined where it has none. */
  readonly html: string | undefined;
  /** Every http(s) link, in the order of the text, then of the HTML; each once. */
  readonly links: readonly string[];
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly attachments: readonly { readonly name: string; readonly mimeType: string; readonly size: number }[];
};

export type Envelope = { readonly sender: string; readonly recipients: readonly string[] };

const PREVIEW_LENGTH = 140;
/** A URL up to what ends one in running text. */
const URL_IN_TEXT = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}]/g;
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

export async function summarise(
  raw: Buffer,
  known: { readonly id: string; readonly receivedAt: string; readonly envelope: Envelope },
): Promise<MailSummary> {
  const mail = await PostalMime.parse(raw);
  const from = nameOf(mail.from);
  const text = (mail.text ?? textOfHtml(mail.html ?? "")).replace(/\s+/g, " ").trim();
  return {
    id: known.id,
    receivedAt: known.receivedAt,
    from: from === "" ? known.envelope.sender : from,
    sender: mail.from?.address ?? known.envelope.sender,
    recipients: known.envelope.recipients,
    subject: mail.subject ?? "",
    preview: text.slice(0, PREVIEW_LENGTH),
    size: raw.length,
    isRead: false,
  };
}

export async function openMail(raw: Buffer): Promise<MailContent> {
  const mail = await PostalMime.parse(raw);
  const html = mail.html === undefined ? undefined : withInlineImages(mail.html, mail.attachments);
  const text = mail.text ?? textOfHtml(mail.html ?? "");
  const hrefs = [...(mail.html ?? "").matchAll(HREF)].map(([, double, single]) =>
    decodeEntities(double ?? single ?? ""),
  );
  const links = [...linksOf(text), ...hrefs.filter((href) => /^https?:\/\//i.test(href))];
  return {
    text,
    html,
    links: [...new Set(links)],
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    attachments: mail.attachments
      .filter(({ related }) => related !== true)
      .map(({ filename, mimeType, content }) => ({
        name: filename ?? "unnamed",
        mimeType,
        size: typeof content === "string" ? content.length : content.byteLength,
      })),
  };
}

/** Text cut into plain pieces and links, so that a page can show each as what it is. */
export function piecesOf(text: string): readonly { readonly text: string; readonly isLink: boolean }[] {
  const pieces: { text: string; isLink: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(URL_IN_TEXT)) {
    pieces.push({ text: text.slice(end, match.index), isLink: false }, { text: match[0], isLink: true });
    end = match.index + match[0].length;
  }
  pieces.push({ text: text.slice(end), isLink: false });
  return pieces.filter((piece) => piece.text !== "");
}

const linksOf = (text: string): string[] =>
  piecesOf(text)
    .filter(({ isLink }) => isLink)
    .map((piece) => piece.text);

function nameOf(address: Address | undefined): string {
  if (address === undefined) return "";
  return address.name === "" ? (address.address ?? "") : address.name;
}

const textOfHtml = (html: string): string =>
  decodeEntities(html.replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, "").replace(/<[^>]*>/g, " "));

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };

const decodeEntities = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity);

type Attached = { readonly contentId?: string | undefined; readonly mimeType: string; readonly content: unknown };

/** Puts the images that the message carries with it into its HTML: the page that shows it may load nothing. */
function withInlineImages(html: string, attachments: readonly Attached[]): string {
  return attachments.reduce((shown, { contentId, mimeType, content }) => {
    if (contentId === undefined || !(content instanceof ArrayBuffer || content instanceof Uint8Array)) return shown;
    const bytes = content instanceof Uint8Array ? content : new Uint8Array(content);
    const data = `data:${mimeType};base64,${Buffer.from(bytes).toString("base64")}`;
    return shown.replaceAll(`cid:${contentId.replace(/^<|>$/g, "")}`, data);
  }, html);
}
