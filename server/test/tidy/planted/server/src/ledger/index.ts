import { pay } from "../payouts/index.ts";
import { secret } from "../payouts/secret.ts";
export const post = () => pay(secret);
