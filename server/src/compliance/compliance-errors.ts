import { defineErrors } from "../kernel/errors.ts";

/** Of lists that are read in. */
export const sanctionsErrors = defineErrors("sanctions", {
  files_unknown: { kind: "invalid", title: "These are not files of a sanctions list, or not all of it" },
  file_empty: { kind: "invalid", title: "The file is empty" },
  file_cut_off: { kind: "invalid", title: "The file is cut off, or not a file of the list" },
  file_encoding: { kind: "invalid", title: "The file is in another encoding than it should be" },
  list_inconsistent: { kind: "invalid", title: "The files of the list are not of the same day" },
  list_older: { kind: "conflict", title: "This list is older than the one in force" },
  list_shrunk: { kind: "conflict", title: "This list has far fewer entries than the one in force" },
  date_future: { kind: "invalid", title: "The list is dated in the future" },
  source_unavailable: { kind: "unavailable", title: "The source of the sanctions list does not answer as it should" },
});

export const screeningErrors = defineErrors("screening", {
  service_unavailable: { kind: "unavailable", title: "The screening service does not answer as it should" },
  no_list: { kind: "conflict", title: "There is no sanctions list to compare with" },
  case_not_found: { kind: "not_found", title: "There is no such case" },
  case_decided: { kind: "conflict", title: "The case has been decided" },
  case_undecided: { kind: "conflict", title: "The case is not decided yet" },
  evidence_changed: { kind: "conflict", title: "There is new evidence: read the case again" },
  country_unknown: { kind: "invalid", title: "This is no country of ISO 3166" },
});

export const agreementErrors = defineErrors("agreement", {
  not_found: { kind: "not_found", title: "There is no such agreement" },
  version_not_found: { kind: "not_found", title: "There is no such version of an agreement" },
  draft_open: { kind: "conflict", title: "There is a draft of this agreement already" },
  published: { kind: "conflict", title: "The version is published and is not changed any more" },
  draft_changed: { kind: "conflict", title: "Somebody else has changed the draft: read it again" },
  effective_too_early: {
    kind: "conflict",
    title: "A version is in force from now on at the earliest, and after the one before",
  },
  script_not_printed: {
    kind: "conflict",
    title: "The text is in a script that the PDF has no letters for: take the plain text",
  },
  text_differs: { kind: "conflict", title: "The text that was shown is not the text of this version" },
});
