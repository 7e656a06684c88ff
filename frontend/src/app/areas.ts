/**
 * The registry of public areas: ONE line per area. An area lives in `features/<area>/` and
 * exports `area` from its `routes.tsx`; pages are loaded when they are opened, so a line here
 * costs a visitor nothing but the addresses. Pages of the work place: workareas.ts.
 *
 * How to add a page: docs/development/web.md.
 */

import { area as account } from "@/features/account/routes";
import { area as audit } from "@/features/audit/routes";
import { area as contracts } from "@/features/contracts/routes";
import { area as data } from "@/features/data/routes";
import { area as developers } from "@/features/developers/routes";
import { area as funds } from "@/features/funds/routes";
import { area as home } from "@/features/home/routes";
import { area as needs } from "@/features/needs/routes";
import { area as places } from "@/features/places/routes";
import { area as post } from "@/features/post/routes";
import { area as projects } from "@/features/projects/routes";
import { area as resources } from "@/features/resources/routes";
import { area as rules } from "@/features/rules/routes";
import { area as tenders } from "@/features/tenders/routes";
import { area as thread } from "@/features/thread/routes";
import type { Area } from "@/lib/area";

// biome-ignore format: one line per area
export const areas: Area[] = [
  home,
  needs,
  post,
  account,
  rules,
  projects,
  places,
  resources,
  thread,
  tenders,
  contracts,
  funds,
  audit,
  developers,
  data,
];
