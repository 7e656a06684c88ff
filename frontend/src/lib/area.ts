/** What an area contributes to the web app: its pages and its entries in the work place. */
import type { ComponentType } from "react";
import type { Role } from "./session";

export interface PageDef {
  /** "/needs/$needId" or, in the work place, "/work/needs/$needId". */
  path: string;
  /** Title by key, "needs:list.title"; a page with data sets its own by PageHead. */
  title: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Namespaces beside the area's own. */
  words?: string[];
  /** Work pages: roles that may open it; everybody signed in when left out. The server decides again. */
  roles?: readonly Role[];
  /** Public pages: no container, the page draws its own full width sections. */
  full?: boolean;
}

/** Groups of the side navigation, in this order. */
export const navGroups = ["today", "lists", "procurement", "money", "oversight", "admin"] as const;
export type NavGroup = (typeof navGroups)[number];

export interface NavDef {
  to: string;
  /** By key in `locales/<lang>/nav.<area>.json`, "needs.list". */
  label: string;
  group: NavGroup;
  roles: readonly Role[];
  /** Kinds of todo counted beside the entry. */
  counts?: string[];
}

/** What an area shows to everybody: `features/<area>/routes.tsx`. */
export interface Area {
  /** Also the name of its namespace: `locales/<lang>/<name>.json`. */
  name: string;
  /** Pages under the public header, open without an account. */
  publicPages: PageDef[];
}

/** What an area brings into the work place: `features/<area>/workroutes.tsx`, fetched with the first page of it. */
export interface WorkArea {
  /** As in `Area`. */
  name: string;
  /** Pages for people who are signed in. */
  workPages: PageDef[];
  nav?: NavDef[];
}
