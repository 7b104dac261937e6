import type { FormKind } from "./form-rules.ts";

export type Certification = { readonly version: string; readonly text: string };

/**
 * What is signed under penalties of perjury, by form: the words of the government's own forms, which a substitute has to keep. A new wording
 * is another version; forms keep the version that was signed.
 */
export const CERTIFICATIONS: Readonly<Record<FormKind, Certification>> = {
  w9: {
    version: "w9-2024-03",
    text: [
      "Under penalties of perjury, I certify that:",
      "1. The number shown on this form is my correct taxpayer identification number (or I am waiting for a number to be issued to me); and",
      "2. I am not subject to backup withholding because (a) I am exempt from backup withholding, or (b) I have not been notified by the Internal Revenue Service (IRS) that I am subject to backup withholding as a result of a failure to report all interest or dividends, or (c) the IRS has notified me that I am no longer subject to backup withholding; and",
      "3. I am a U.S. citizen or other U.S. person; and",
      "4. The FATCA code(s) entered on this form (if any) indicating that I am exempt from FATCA reporting is correct.",
    ].join("\n"),
  },
  w8ben: {
    version: "w8ben-2021-10",
    text: [
      "Under penalties of perjury, I declare that I have examined the information on this form and to the best of my knowledge and belief it is true, correct, and complete. I further certify under penalties of perjury that:",
      "- I am the individual that is the beneficial owner (or am authorized to sign for the individual that is the beneficial owner) of all the income or proceeds to which this form relates;",
      "- The person named on line 1 of this form is not a U.S. person;",
      "- This form relates to income not effectively connected with the conduct of a trade or business in the United States, or income effectively connected but not subject to tax under an applicable income tax treaty; and",
      "- The person named on line 1 of this form is a resident of the treaty country listed on line 9 of the form (if any) within the meaning of the income tax treaty between the United States and that country.",
      "I agree that I will submit a new form within 30 days if any certification made on this form becomes incorrect.",
    ].join("\n"),
  },
  w8bene: {
    version: "w8bene-2021-10",
    text: [
      "Under penalties of perjury, I declare that I have examined the information on this form and to the best of my knowledge and belief it is true, correct, and complete. I further certify under penalties of perjury that:",
      "- The entity identified on line 1 of this form is the beneficial owner of all the income or proceeds to which this form relates;",
      "- The entity identified on line 1 of this form is not a U.S. person;",
      "- This form relates to income not effectively connected with the conduct of a trade or business in the United States, or income effectively connected but not subject to tax under an income tax treaty; and",
      "- I have the capacity to sign for the entity identified on line 1 of this form.",
      "I agree that I will submit a new form within 30 days if any certification on this form becomes incorrect.",
    ].join("\n"),
  },
};

/** What a recipient is told before it agrees to have its documents electronically (Treasury Regulation 31.6051-1(j), by analogy). */
export const CONSENT: Certification = {
  version: "consent-2026-12",
  text: [
    "You may have your tax documents here in place of paper.",
    "- It covers every year from now on, until you withdraw it. Without it you are sent paper.",
    "- You may ask for a paper copy at any time; that does not withdraw your consent.",
    "- You may withdraw it at any time on this page; documents that you have had stay furnished.",
    "- It ends when your account is closed.",
    "- Keep your name, address and e-mail up to date in your profile and on your form.",
    "- You need a browser and a reader of PDF files; documents can be printed and kept.",
    "- A document is announced by e-mail and stays here at least until October 15 of the year in which it is announced.",
  ].join("\n"),
};
