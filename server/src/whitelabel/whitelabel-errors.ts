import { defineErrors } from "../kernel/errors.ts";

export const brandingErrors = defineErrors("branding", {
  unreadable: { kind: "invalid", title: "Text in these colours cannot be read: choose a pair with more contrast" },
  not_an_image: { kind: "invalid", title: "A mark is a picture: PNG, JPEG, WebP or GIF" },
  image_too_large: { kind: "too_large", title: "A mark is at most 256 KiB" },
  changed_meanwhile: { kind: "conflict", title: "The branding has been changed meanwhile: look at it again" },
  version_unknown: { kind: "not_found", title: "The branding has no such version" },
});
