import { type Client, escapeLiteral } from "pg";
import { type Purchase, partnerOf, purchasedAt, refundOf, tierOf } from "./cdnow-files.ts";

/** What one partner earned by one type, reversals apart, in dollars as Postgres writes them. */
export type Total = {
  readonly partner: string;
  readonly type: string;
  readonly earned: string;
  readonly reversed: string;
};

/**
 * The totals by other means than the engine: SQL over the raw purchases, in decimal arithmetic of Postgres, whose round() is half away from
 * zero. The rules are written out once more, as the defaults of the plan give them for payments without tax.
 */
export async function totalsBySql(client: Client, purchases: readonly Purchase[]): Promise<Total[]> {
  await client.query(
    "create temporary table purchase (id text, customer text, partner int, tier int, amount numeric, refund numeric, at timestamptz)",
  );
  const values = purchases.map((purchase) => {
    const partner = partnerOf(purchase.customer);
    const text = [`t${purchase.line}`, purchase.customer].map((value) => escapeLiteral(value));
    const figures = [partner, tierOf(partner), `${purchase.cents}/100.0`, `${refundOf(purchase)}/100.0`];
    return `(${[...text, ...figures, escapeLiteral(purchasedAt(purchase).toISOString())].join(",")})`;
  });
  await client.query(`insert into purchase values ${values.join(",")}`);
  const { rows } = await client.query<Total>(`
    with qualifying as (
      select distinct on (customer) customer, id, at
        from purchase
       where amount > 0
       order by customer, at, id collate "C"
    ), counted as (
      select p.*, q.at as qualified_at, q.id = p.id as qualifies,
             count(*) filter (where q.id = p.id) over (partition by p.partner order by p.at, p.id collate "C") as clients
        from purchase p
        left join qualifying q on q.customer = p.customer
    ), earned as (
      select partner, 'signup' as type, id, case tier when 1 then 50.00 when 2 then 100.00 else 0 end as amount, 0::numeric as share
        from counted
       where qualifies
      union all
      select partner, 'recurring', id,
             round(amount * case tier
               when 1 then 0.10
               when 2 then 0.25 * (1 + case when clients >= 100 then 0.10 when clients >= 50 then 0.05 else 0 end)
               when 3 then 0.50
               else 0.15 end, 2),
             case when amount = 0 then 0 else refund / amount end
        from counted
       where tier <> 1
          or (at at time zone 'UTC')::date < ((qualified_at at time zone 'UTC')::date + interval '12 months')::date
    )
    select 'p' || partner as partner, type, sum(amount)::numeric(20,2)::text as earned, sum(round(amount * share, 2))::numeric(20,2)::text as reversed
      from earned
     group by partner, type
    having sum(amount) > 0
     order by 1, 2`);
  await client.query("drop table purchase");
  return rows;
}
