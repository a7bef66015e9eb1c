/** Observing at a handover point where the connection is poor (docs/design/handover.md). */

import { start } from "./page.ts";

start();
