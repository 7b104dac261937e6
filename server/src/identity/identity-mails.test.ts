import { describe, expect, it } from "vitest";
import { invitationMail, passwordChangedMail, resetMail, verificationMail } from "./identity-mails.ts";

const url = "https://partners.test/auth/x?token=abc&more=1";
const mails = (programme: string) => [
  verificationMail("ada@example.com", { programme, url }),
  resetMail("ada@example.com", { programme, url }),
  invitationMail("ada@example.com", { programme, url }),
  passwordChangedMail("ada@example.com", { programme }),
];

describe("a mail", () => {
  it("says the same in both bodies, and carries its link in both", () => {
    for (const mail of mails("Nordbank")) {
      expect(mail.subject).toContain("Nordbank");
      expect(mail.text).toContain("Nordbank");
      expect(mail.html).toContain("Nordbank");
      expect(mail.html.includes("href=")).toBe(mail.text.includes(url));
    }
  });

  it("shows a programme's name as text, whatever is in it", () => {
    for (const mail of mails(`<img src=x onerror="alert('1')">&`)) {
      expect(mail.html).not.toContain("<img");
      expect(mail.html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
    }
  });

  it("has one line for a subject", () => {
    for (const mail of mails("a\r\nBcc: everybody@example.com")) expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});
