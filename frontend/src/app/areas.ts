/**
 * The registry of areas: ONE line per area. An area lives in `features/<area>/` and exports
 * `area` from its `routes.tsx`; pages are loaded when they are opened, so a line here costs a
 * visitor nothing but the addresses.
 *
 * How to add a page: docs/development/web.md.
 */

import { area as account } from "@/features/account/routes";
import { area as admin } from "@/features/admin/routes";
import { area as audit } from "@/features/audit/routes";
import { area as bids } from "@/features/bids/routes";
import { area as contracts } from "@/features/contracts/routes";
import { area as data } from "@/features/data/routes";
import { area as developers } from "@/features/developers/routes";
import { area as funds } from "@/features/funds/routes";
import { area as home } from "@/features/home/routes";
import { area as ledger } from "@/features/ledger/routes";
import { area as matching } from "@/features/matching/routes";
import { area as needs } from "@/features/needs/routes";
import { area as inbox } from "@/features/notices/routes";
import { area as opening } from "@/features/opening/routes";
import { area as payments } from "@/features/payments/routes";
import { area as places } from "@/features/places/routes";
import { area as post } from "@/features/post/routes";
import { area as projects } from "@/features/projects/routes";
import { area as resources } from "@/features/resources/routes";
import { area as rules } from "@/features/rules/routes";
import { area as scoring } from "@/features/scoring/routes";
import { area as tenders } from "@/features/tenders/routes";
import { area as thread } from "@/features/thread/routes";
import { area as today } from "@/features/today/routes";
import type { Area } from "@/lib/area";

// biome-ignore format: one line per area
export const areas: Area[] = [
  home,
  today,
  needs,
  post,
  inbox,
  account,
  admin,
  rules,
  projects,
  places,
  resources,
  matching,
  thread,
  tenders,
  bids,
  opening,
  scoring,
  contracts,
  payments,
  ledger,
  funds,
  audit,
  developers,
  data,
];
