import { defineErrors } from "../kernel/errors.ts";

export const brandingErrors = defineErrors("branding", {
  unreadable: { kind: "invalid", title: "Text in these colours cannot be read: choose a pair with more contrast" },
  not_an_image: { kind: "invalid", title: "A mark is a picture: PNG, JPEG, WebP, GIF or SVG" },
  svg_empty: { kind: "invalid", title: "Nothing of this SVG can be shown: draw it with plain shapes" },
  image_too_large: { kind: "too_large", title: "A mark is at most 256 KiB" },
  changed_meanwhile: { kind: "conflict", title: "The branding has been changed meanwhile: look at it again" },
  version_unknown: { kind: "not_found", title: "The branding has no such version" },
});

export const domainErrors = defineErrors("domain", {
  not_found: { kind: "not_found", title: "There is no such domain" },
  invalid: { kind: "invalid", title: "This is no domain that can be used: enter its bare name" },
  taken: { kind: "conflict", title: "This domain is in use" },
  entered_already: { kind: "conflict", title: "This domain has been entered already" },
  too_many: { kind: "conflict", title: "There are as many domains as there can be: remove one first" },
});

export const coBrandingErrors = defineErrors("co_branding", {
  logo_missing: { kind: "invalid", title: "Send the logo with the colour: there is none yet" },
});

export const landingPageErrors = defineErrors("landing_page", {
  co_branding_missing: { kind: "conflict", title: "Set your logo and colour first: the page shows them" },
  blank: { kind: "invalid", title: "A page has a title, a text and words on its button" },
  link_archived: { kind: "conflict", title: "This link has been archived: it has no page any more" },
});
