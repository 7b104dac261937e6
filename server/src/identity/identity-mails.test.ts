import { describe, expect, it } from "vitest";
import {
  factorChangedMail,
  invitationMail,
  passwordChangedMail,
  resetMail,
  verificationMail,
} from "./identity-mails.ts";

const url = "https://partners.test/auth/x?token=abc&more=1";
const mails = (programme: string, language: "en" | "he" | null = null) => {
  const ada = { email: "ada@example.com", language };
  return [
    verificationMail(ada, { programme, url }),
    resetMail(ada, { programme, url }),
    invitationMail(ada, { programme, url }),
    passwordChangedMail(ada, { programme }),
    factorChangedMail(ada, { programme, change: "passkey_added" }),
  ];
};

describe("a mail", () => {
  it("says the same in both bodies, and carries its link in both", () => {
    for (const mail of [...mails("Nordbank"), ...mails("Nordbank", "he")]) {
      expect(mail.subject).toContain("Nordbank");
      expect(mail.html.includes("href=")).toBe(mail.text.includes(url));
    }
  });

  it("is in the language of its reader, and English where nobody knows it; each says in which direction it is read", () => {
    const latin = /^[^\p{Script=Hebrew}]*$/u;
    for (const mail of [...mails("Nordbank"), ...mails("Nordbank", "en")]) {
      expect(`${mail.subject}${mail.text}`).toMatch(latin);
      expect(mail.html).toContain('<html lang="en" dir="ltr">');
      expect(mail.html).toContain('<div lang="en" dir="ltr"');
    }
    for (const mail of mails("Nordbank", "he")) {
      expect(mail.subject).not.toMatch(latin);
      expect(mail.html).toContain('<html lang="he" dir="rtl">');
      expect(mail.html).toContain('<div lang="he" dir="rtl"');
      // Where text has no direction of its own, the first letter of a line says it: a mark that is not seen. An address stands alone, as it is.
      const lines = mail.text.trimEnd().split(/\n+/);
      expect(lines.filter((line) => line !== url)).toEqual(
        lines.filter((line) => line !== url).map(() => expect.stringMatching(/^\u200f/)),
      );
    }
  });

  it("shows a programme's name as text, whatever is in it", () => {
    for (const mail of mails(`<img src=x onerror="alert('1')">&`).slice(0, 4)) {
      expect(mail.html).not.toContain("<img");
      expect(mail.html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
    }
  });

  it("has one line for a subject", () => {
    for (const mail of mails("a\r\nBcc: everybody@example.com")) expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});
