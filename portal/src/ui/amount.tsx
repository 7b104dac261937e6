import classes from "./amount.module.css";
import { formatMoney } from "./money.ts";

type AmountProps = { readonly minor: number | null; readonly currency: string; readonly bare?: boolean };

/** An amount: the number, and after it the code of its currency unless the column says it. Nothing is a dash, zero is zero. */
export function Amount({ minor, currency, bare = false }: AmountProps) {
  if (minor === null) return <span className={classes.amount}>—</span>;
  return (
    <span className={classes.amount} dir="ltr">
      {formatMoney(minor, currency)}
      {bare ? null : <span className={classes.code}> {currency}</span>}
    </span>
  );
}
