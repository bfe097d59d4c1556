/** The pages of those who run the mall, in the order in which they stand in its navigation: a new page is a line here. */
import type { Key } from "./text.ts";
import type { Me } from "./views.ts";

type Role = Me["role"];

/** What a page is for; a group stands in the navigation's first row, its pages in the second. */
export type Group = "today" | "figures" | "planning" | "service" | "setup";

export interface ManagerPage {
  path: string;
  group: Group;
  /** What the page is called in the navigation and in its heading. */
  title: Key;
  /** Who is let in; the server says the same. */
  roles: readonly Role[];
}

const LEADERS: readonly Role[] = ["administrator", "manager"];
const ALL: readonly Role[] = [...LEADERS, "supervisor"];

export const GROUPS: Readonly<Record<Group, Key>> = {
  today: "nav.today",
  figures: "nav.figures",
  planning: "nav.planning",
  service: "nav.service",
  setup: "nav.setting_up",
};

export const MANAGER_PAGES: readonly ManagerPage[] = [
  { path: "/manage", group: "today", title: "nav.hall", roles: ALL },
  { path: "/manage/appointments", group: "today", title: "nav.appointments", roles: [...ALL, "officer"] },
  { path: "/manage/history", group: "figures", title: "nav.history", roles: ALL },
  { path: "/manage/forecasts", group: "figures", title: "nav.forecasts", roles: ALL },
  { path: "/manage/staffing", group: "planning", title: "nav.staffing", roles: ALL },
  { path: "/manage/rules", group: "planning", title: "nav.rules", roles: ALL },
  { path: "/manage/tryout", group: "planning", title: "nav.tryout", roles: ALL },
  { path: "/manage/readiness", group: "service", title: "nav.readiness", roles: LEADERS },
  { path: "/manage/standards", group: "service", title: "nav.standards", roles: ALL },
  { path: "/manage/forms", group: "service", title: "nav.forms", roles: ALL },
  { path: "/manage/complaints", group: "service", title: "nav.complaints", roles: ALL },
  { path: "/manage/survey", group: "service", title: "nav.survey", roles: ALL },
  { path: "/manage/setup", group: "setup", title: "nav.setup", roles: LEADERS },
  { path: "/manage/people", group: "setup", title: "nav.people", roles: ["administrator"] },
  { path: "/manage/media", group: "setup", title: "nav.media", roles: LEADERS },
  { path: "/manage/slip", group: "setup", title: "nav.slip", roles: LEADERS },
  { path: "/manage/devices", group: "setup", title: "nav.devices", roles: LEADERS },
  { path: "/manage/floor-plan", group: "setup", title: "nav.floor_plan", roles: LEADERS },
  { path: "/manage/law", group: "setup", title: "nav.law", roles: LEADERS },
  { path: "/manage/privacy", group: "setup", title: "nav.privacy", roles: LEADERS },
];

/** Return the pages that somebody may open. */
export const pagesFor = (role: Role): readonly ManagerPage[] => MANAGER_PAGES.filter((page) => page.roles.includes(role));

/** Return the groups with at least one page that somebody may open, and these pages. */
export function groupsFor(role: Role): { group: Group; title: Key; pages: readonly ManagerPage[] }[] {
  const pages = pagesFor(role);
  const all = (Object.keys(GROUPS) as Group[]).map((group) => ({
    group,
    title: GROUPS[group],
    pages: pages.filter((page) => page.group === group),
  }));
  return all.filter((one) => one.pages.length > 0);
}

/** Return the page at an address; the first one stands for addresses that are none of them. */
export const pageAt = (path: string): ManagerPage =>
  MANAGER_PAGES.find((page) => page.path === path.replace(/\/$/, "")) ?? MANAGER_PAGES[0]!;
