import { Type } from "typebox";
import { Id, Instant, Line, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { DEFAULT_LANGUAGE, LANGUAGE_NAMES } from "../platform/language/index.ts";
import { TEMPLATE_NAMES } from "./notice-catalogue.ts";

const SUBJECT_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 5_000;

const Name = Type.Enum([...TEMPLATE_NAMES], { description: "The kind of notice, or `digest`: the mail of several" });
const Subject = Line({ minLength: 1, maxLength: SUBJECT_LENGTH_MAX, description: "Mustache" });
const Body = Text({
  minLength: 1,
  maxLength: TEXT_LENGTH_MAX,
  description: "Mustache; an empty line ends a paragraph. The HTML part is made of it",
});
const example = { subject: "{{amount}} is on its way", text: "Hello,\n\n{{programme}} has paid you {{amount}}." };

const LanguageName = (description: string) => Type.Enum([...LANGUAGE_NAMES], { description });

export const TemplateParams = Type.Object({ name: Name });
const OfLanguage = {
  language: Type.Optional(
    Type.Enum([...LANGUAGE_NAMES], {
      default: DEFAULT_LANGUAGE,
      description: "Of whoever gets the mail: each language has words of its own",
    }),
  ),
};
export const LanguageQuery = Type.Object(OfLanguage, { additionalProperties: false });
export const TemplateBody = Type.Object(
  { subject: Subject, text: Body },
  { additionalProperties: false, examples: [example] },
);
/** Without words those in force are shown. */
export const PreviewBody = Type.Object(
  { written: Type.Optional(Type.Object({ subject: Subject, text: Body }, { additionalProperties: false })) },
  { additionalProperties: false, examples: [{ written: example }] },
);

export const TemplateView = Type.Object(
  {
    name: Name,
    language: LanguageName("Of whoever gets it so"),
    when: Type.String({ description: "When it is sent" }),
    version: Type.Integer({ minimum: 0, description: "0 where it was never written in this language" }),
    writtenIn: LanguageName("Of the words in force: your own English ones where you have none in this language"),
    isDefault: Type.Boolean({ description: "What the program brings along is in force" }),
    subject: Type.String(),
    text: Type.String(),
    facts: Type.Record(Type.String(), Type.String(), { description: "What it may name, each with an example" }),
  },
  { $id: "NoticeTemplate" },
);
export const TemplatePage = pageOf(TemplateView);
export const TemplateQuery = Type.Object(
  { ...pageQuery(["name", "-name"]), ...OfLanguage },
  { additionalProperties: false },
);

export const VersionPage = pageOf(
  Type.Object({
    version: Type.Integer({ minimum: 1 }),
    written: Nullable(Type.Object({ subject: Type.String(), text: Type.String() })),
    createdBy: Nullable(Id("Who wrote it; null where a key did")),
    createdAt: Instant("Since when it is in force"),
  }),
);
export const VersionQuery = Type.Object(
  { ...pageQuery(["version", "-version"]), ...OfLanguage },
  { additionalProperties: false },
);

export const RenderedView = Type.Object({ subject: Type.String(), text: Type.String(), html: Type.String() });
export const Accepted = Type.Null({ description: "Taken; the mail is on its way" });
