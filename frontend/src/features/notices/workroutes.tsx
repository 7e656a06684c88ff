import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import { everyRole } from "@/lib/session";

/** What I was told, what I follow, and how I want to hear of it. */
export const area: WorkArea = {
  name: "inbox",
  workPages: [
    { path: paths.myNotices(), title: "inbox:title", load: () => import("./InboxPage") },
    { path: paths.noticeSettings(), title: "inbox:settings.title", load: () => import("./SettingsPage") },
  ],
  nav: [{ to: paths.myNotices(), label: "inbox.inbox", group: "today", roles: everyRole }],
};
