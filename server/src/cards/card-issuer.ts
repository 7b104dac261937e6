/** What the issuer can be asked to make or change. Each has a token of ours: the same token again is the same thing. */
export type IssuerRequest = {
  readonly kind: RequestKind;
  readonly token: string;
  /** The bytes, as they were prepared. */
  readonly body: string;
};

export const REQUEST_KINDS = [
  "gateway",
  "webhook",
  "product",
  "user",
  "card",
  "card_transition",
  "user_transition",
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What the issuer knows of a card that may be known here: never its number. */
export type IssuedCard = {
  readonly state: IssuerCardState;
  readonly lastFour: string | null;
  /** YYYY-MM. */
  readonly expiresOn: string | null;
  /** Since when, by the issuer's clock. */
  readonly at: string | null;
};

export type IssuerCardState = "unactivated" | "active" | "suspended" | "terminated";

/**
 * `confirmed`: it is there. `refused`: it is not, and asking again would not change that. `unknown`: nobody knows; the same bytes are sent
 * again under the same token.
 */
export type IssuerOutcome =
  | { readonly kind: "confirmed"; readonly card: IssuedCard | null }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "unknown"; readonly code: string };

export type Cardholder = {
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  readonly birthDate?: string;
  readonly address?: {
    readonly line1: string;
    readonly city: string;
    readonly state?: string;
    readonly postalCode: string;
    readonly country: string;
  };
};

/** What is asked for, before it is bytes. */
export type IssuerOrder =
  | { readonly kind: "gateway"; readonly name: string; readonly url: string; readonly caller: CallerSecrets }
  | { readonly kind: "webhook"; readonly name: string; readonly url: string; readonly caller: CallerSecrets }
  | { readonly kind: "product"; readonly name: string; readonly startsOn: string; readonly gatewayToken: string }
  | { readonly kind: "user"; readonly partnerId: string; readonly holder: Cardholder }
  | { readonly kind: "card"; readonly productToken: string; readonly userToken: string }
  | { readonly kind: "card_transition"; readonly cardToken: string; readonly to: "active" | "suspended" | "terminated" }
  | { readonly kind: "user_transition"; readonly userToken: string; readonly to: "active" | "suspended" | "closed" };

/** How the issuer says to us that it is the issuer. */
export type CallerSecrets = {
  readonly username: string;
  readonly password: string;
  readonly signingSecret: string;
};

/** What the issuer tells afterwards, at least once and in any order. `token` is its name for the item, the same in every delivery. */
export type IssuerNews =
  | {
      readonly type: "card_state";
      readonly token: string;
      readonly cardToken: string;
      readonly card: IssuedCard;
    }
  | {
      readonly type: "spend";
      readonly token: string;
      readonly cardToken: string;
      readonly kind: "card" | "refund" | "chargeback" | "chargeback_won";
      /** A decimal number of major units, as it came. */
      readonly amount: string;
      readonly currency: string;
      readonly precedingToken: string | null;
      readonly merchant: string | null;
      readonly mcc: string | null;
      readonly at: string;
    }
  | {
      /** An authorisation that is about another transaction: it raises it, or is that of a refund of it. */
      readonly type: "link";
      readonly token: string;
      readonly cardToken: string;
      readonly precedingToken: string;
    }
  | {
      readonly type: "release";
      readonly token: string;
      readonly cardToken: string;
      /** The transaction whose hold is given back. */
      readonly transactionToken: string;
      readonly amount: string;
      readonly currency: string;
    };

/** A purchase that waits for an answer. */
export type AuthorizationAsk = {
  readonly token: string;
  readonly transactionToken: string;
  readonly method: string;
  /** Whether money is asked for; otherwise it is told of something that is only acknowledged, or asked for what is not given. */
  readonly wants: "funds" | "acknowledgement" | "nothing_given";
  readonly cardToken: string;
  readonly userToken: string;
  readonly amount: string;
  readonly currency: string;
  readonly merchant: string | null;
  readonly mcc: string | null;
};

/** Whoever issues cards. One is made for each programme; a second issuer is one more of these. */
export type CardIssuer = {
  /** The bytes of an order: committed before they are sent. */
  prepare(token: string, order: IssuerOrder): string;
  send(request: IssuerRequest): Promise<IssuerOutcome>;
};

/** What the issuer's own messages say, read without asking it anything. */
export type IssuerWire = {
  /** Whether the bytes are signed with the secret. */
  isSigned(body: Buffer, signature: string | undefined, secret: string): boolean;
  /** The items of a message that concern us; undefined where it is none that can be read. Nothing else of it is kept. */
  readNews(message: unknown): readonly IssuerNews[] | undefined;
  /** Undefined where it cannot be read. */
  readAuthorization(message: unknown): AuthorizationAsk | undefined;
};
