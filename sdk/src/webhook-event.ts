/** What a webhook and the stream tell: which types there are, and the fields of `data`, says `listWebhookEvents` and the reference of webhooks. */
export type WebhookEvent = {
  /** Of the event: the same however often it is told. */
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What of `data` differs from the event before of the same object; null where there was none before. */
  /** `test`: it happened in the test twin, and nothing of it is real. */
  readonly mode: "live" | "test";
  readonly changes: Readonly<Record<string, { readonly old: unknown; readonly new: unknown }>> | null;
};
