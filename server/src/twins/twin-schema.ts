import { Type } from "typebox";
import { Id, Instant, InstantInput, Line, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";

const Twin = Type.Object(
  {
    now: Instant("What time it is there"),
    movingTo: Nullable(Instant("Where its clock is being moved to; null while it is not")),
    createdAt: Instant("When it was made"),
    refreshedAt: Nullable(Instant("When it last took over the settings of the live programme")),
  },
  { $id: "TestTwin", description: "The programme again, where nothing is real" },
);
export const TestModeView = Type.Object(
  { twin: Nullable(Twin) },
  { $id: "TestMode", description: "The test twin of the programme; null while it has none" },
);
export const MoveClockBody = Type.Object(
  { to: InstantInput("Later than it is there, by a year at most") },
  { additionalProperties: false, examples: [{ to: "2026-04-01T00:00:00Z" }] },
);
export const ClockView = Type.Object(
  {
    mode: Type.Enum(["live", "test"], { description: "Of the credential" }),
    now: Instant("What time it is for it"),
    movingTo: Nullable(Instant("Where the clock of the test twin is being moved to; null while it is not")),
  },
  { $id: "Clock", description: "Where a credential acts, and what time it is there" },
);
export const TestMailPage = pageOf(
  Type.Object(
    {
      id: Id("The mail"),
      to: Type.String({ description: "To whom it would have gone", examples: ["ada@example.com"] }),
      subject: Type.String({ examples: ["Confirm your e-mail"] }),
      text: Type.String(),
      html: Type.String(),
      attachments: Type.Array(Type.String(), {
        description: "Names of its files",
        examples: [["statement-2026-03.pdf"]],
      }),
      sentAt: Instant("When it would have gone, by the clock of the twin"),
    },
    { $id: "TestMail", description: "A mail of the test twin: it was sent to nobody" },
  ),
);
export const TestMailQuery = Type.Object(
  {
    ...pageQuery(["sentAt", "-sentAt"]),
    recipient: Type.Optional(Line({ maxLength: 254, description: "To this address alone" })),
  },
  { additionalProperties: false },
);
