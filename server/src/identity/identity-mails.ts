import { type MessageKey, type Reader, say } from "../platform/language/index.ts";
import { composeMail, type Mail, type MailLook } from "../platform/mail/index.ts";
import type { FactorChange } from "./mail-job.ts";

/** The programme that writes, as people know it. */
type Sender = { readonly programme: string; readonly look?: MailLook | undefined };
type Link = Sender & { readonly url: string };

const linkMail =
  (name: "verification" | "reset" | "invitation") =>
  (reader: Reader, { programme, url, look }: Link): Mail => {
    const words = (part: "subject" | "text" | "button" | "small"): string =>
      say(reader.language, `${name}.${part}`, { programme });
    return composeMail(
      reader,
      {
        subject: words("subject"),
        lines: [words("text")],
        button: { label: words("button"), url },
        small: words("small"),
      },
      look,
    );
  };

export const verificationMail = linkMail("verification");
export const resetMail = linkMail("reset");
export const invitationMail = linkMail("invitation");

export const passwordChangedMail = (reader: Reader, sender: Sender): Mail =>
  newsMail(reader, sender, { subject: "password.subject", text: "password.text", small: "password.small" });

export const factorChangedMail = (reader: Reader, { change, ...sender }: Sender & { change: FactorChange }): Mail =>
  newsMail(reader, sender, { subject: "factor.subject", text: `factor.${change}`, small: "factor.small" });

function newsMail(
  reader: Reader,
  { programme, look }: Sender,
  { subject, text, small }: Readonly<Record<"subject" | "text" | "small", MessageKey>>,
): Mail {
  const words = (key: MessageKey): string => say(reader.language, key, { programme });
  return composeMail(reader, { subject: words(subject), lines: [words(text)], small: words(small) }, look);
}
