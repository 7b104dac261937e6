import { Type } from "typebox";
import { ANY_TEXT, Id, Nullable } from "../platform/http/index.ts";

export const DEVICE_ID_PATTERN = "^[A-Za-z0-9._:-]{8,128}$";
export const DeviceId = Type.String({
  pattern: DEVICE_ID_PATTERN,
  description:
    "Your own name for the visitor's device: random, and the same in every call. Who can guess it can claim the visit",
  examples: ["d-5f1d9c0e7a42b8"],
});

export const TrackBody = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 100, description: "The referral code that the visitor came with" }),
    deviceId: Type.Optional(DeviceId),
    referrer: Type.Optional(Type.String({ maxLength: 2_000, description: "`document.referrer`" })),
    address: Type.Optional(
      Type.String({
        maxLength: 2_000,
        description: "`location.href`: whether an advertisement led here is read from it",
      }),
    ),
    campaign: Type.Optional(Type.String({ maxLength: 200, description: "`utm_campaign`" })),
    consent: Type.Optional(
      Type.Enum(["unknown", "granted", "denied"], {
        description:
          "What the visitor has said to being recognised; outranks the browser's Global Privacy Control. `denied` keeps neither address, browser nor device, and sets no cookie",
      }),
    ),
    subIds: Type.Optional(
      Type.Object(
        {
          sub1: Type.Optional(Type.String({ maxLength: 200 })),
          sub2: Type.Optional(Type.String({ maxLength: 200 })),
          sub3: Type.Optional(Type.String({ maxLength: 200 })),
          sub4: Type.Optional(Type.String({ maxLength: 200 })),
          sub5: Type.Optional(Type.String({ maxLength: 200 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  {
    additionalProperties: false,
    [ANY_TEXT]: true,
    examples: [
      { code: "ada-writes", deviceId: "d-5f1d9c0e7a42b8", campaign: "spring", subIds: { sub1: "newsletter" } },
    ],
  },
);
export const TrackedView = Type.Object({
  clickId: Nullable(
    Id("Keep it, and send it with the conversion; null where nothing was recorded (a bot, an archived link)"),
  ),
});

export const RedirectParams = Type.Object({ code: Type.String({ maxLength: 100, description: "Of the link" }) });

/** What visitors bring along is theirs: nothing is refused, what is not understood is left aside. */
export const RedirectQuery = Type.Object(
  {
    to: Type.Optional(
      Type.Unknown({ description: "Lead there instead, where it is an address on one of the programme's hosts" }),
    ),
    utm_campaign: Type.Optional(Type.Unknown({ description: "Kept with the click; outranks the link's own" })),
    sub1: Type.Optional(Type.Unknown({ description: "Kept with the click, as are sub2 to sub5" })),
    sub2: Type.Optional(Type.Unknown()),
    sub3: Type.Optional(Type.Unknown()),
    sub4: Type.Optional(Type.Unknown()),
    sub5: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: true, [ANY_TEXT]: true },
);
