import { defineErrors } from "../kernel/errors.ts";

export const materialErrors = defineErrors("material", {
  not_found: { kind: "not_found", title: "There is no such material" },
  link_not_found: { kind: "not_found", title: "The link is none of yours, or archived" },
  archived: { kind: "conflict", title: "The material is archived" },
  content_missing: {
    kind: "invalid",
    title: "A banner and a file need a file, a text needs a text, and neither the other's",
  },
  not_an_image: { kind: "invalid", title: "A banner is a picture: PNG, JPEG, GIF or WebP" },
  image_unreadable: { kind: "invalid", title: "The picture does not say how large it is" },
  alt_missing: { kind: "invalid", title: "Say what the banner says, for who does not see it" },
  link_missing: {
    kind: "invalid",
    title: "The text has no place for the partner's link: write {{link}} where it belongs",
  },
  place_unknown: { kind: "invalid", title: "The text has a place that nothing fills" },
  destination_refused: { kind: "invalid", title: "The destination is on none of the programme's hosts" },
});
