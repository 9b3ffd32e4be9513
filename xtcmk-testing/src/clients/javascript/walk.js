// Microsoft's tutorial "Configure cross-tenant customer-managed keys", for Storage and for Azure SQL, and the days after.
import { summary } from "./checks.js";
import { exchange } from "./exchange.js";
import { keys } from "./keys.js";
import { phase1 } from "./phase1.js";
import { phase2 } from "./phase2.js";
import { refusals } from "./refusals.js";
import { revocation } from "./revocation.js";
import { signIn } from "./sign-in.js";
import { sql } from "./sql.js";
import { storage } from "./storage.js";
import { teardown } from "./teardown.js";
import { Tenant } from "./tenant.js";

/** What each part leaves to those after it. */
const story = { provider: new Tenant("PROVIDER"), customer: new Tenant("CUSTOMER") };
let reachedItsEnd = false;
try {
  for (const part of [signIn, phase1, phase2, exchange, keys, storage, sql, refusals, revocation, teardown]) {
    await part(story);
  }
  reachedItsEnd = true;
} catch (error) {
  console.error(error);
}
const clean = summary();
process.exitCode = clean && reachedItsEnd ? 0 : 1;
