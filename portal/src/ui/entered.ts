/** What was entered, and what it was entered for: a currency, or something that has one. */
export type Entered<Value> = { readonly of: string; readonly value: Value };

/** What was entered for this one; undefined where it was for another, whose decimals may be others, or nothing was. */
export const enteredFor = <Value>(entered: Entered<Value> | undefined, of: string | undefined): Value | undefined =>
  entered !== undefined && entered.of === of ? entered.value : undefined;
