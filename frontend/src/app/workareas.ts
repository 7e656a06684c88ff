/**
 * The registry of the work place: ONE line per area, each with the pages and side entries its
 * `workroutes.tsx` exports. It travels with the first page of the work place, never with a
 * public one.
 */

import { area as account } from "@/features/account/workroutes";
import { area as admin } from "@/features/admin/workroutes";
import { area as audit } from "@/features/audit/workroutes";
import { area as bids } from "@/features/bids/workroutes";
import { area as contracts } from "@/features/contracts/workroutes";
import { area as funds } from "@/features/funds/workroutes";
import { area as ledger } from "@/features/ledger/workroutes";
import { area as matching } from "@/features/matching/workroutes";
import { area as needs } from "@/features/needs/workroutes";
import { area as inbox } from "@/features/notices/workroutes";
import { area as opening } from "@/features/opening/workroutes";
import { area as payments } from "@/features/payments/workroutes";
import { area as places } from "@/features/places/workroutes";
import { area as projects } from "@/features/projects/workroutes";
import { area as resources } from "@/features/resources/workroutes";
import { area as scoring } from "@/features/scoring/workroutes";
import { area as tenders } from "@/features/tenders/workroutes";
import { area as today } from "@/features/today/workroutes";
import type { WorkArea } from "@/lib/area";

// biome-ignore format: one line per area
export const workAreas: WorkArea[] = [
  today,
  needs,
  inbox,
  account,
  admin,
  projects,
  places,
  resources,
  matching,
  tenders,
  bids,
  opening,
  scoring,
  contracts,
  payments,
  ledger,
  funds,
  audit,
];
