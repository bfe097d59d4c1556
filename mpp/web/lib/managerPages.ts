/** The pages of those who run the mall, in the order in which they stand in its navigation: a new page is a line here. */
import type { Key } from "./text.ts";
import type { Me } from "./views.ts";

type Role = Me["role"];

export interface ManagerPage {
  path: string;
  /** What the page is called in the navigation and in its heading. */
  title: Key;
  /** Who is let in; the server says the same. */
  roles: readonly Role[];
}

const LEADERS: readonly Role[] = ["administrator", "manager"];
const ALL: readonly Role[] = [...LEADERS, "supervisor"];

export const MANAGER_PAGES: readonly ManagerPage[] = [
  { path: "/manage", title: "nav.hall", roles: ALL },
  { path: "/manage/history", title: "nav.history", roles: ALL },
  { path: "/manage/readiness", title: "nav.readiness", roles: LEADERS },
  { path: "/manage/staffing", title: "nav.staffing", roles: ALL },
  { path: "/manage/standards", title: "nav.standards", roles: ALL },
  { path: "/manage/rules", title: "nav.rules", roles: ALL },
  { path: "/manage/tryout", title: "nav.tryout", roles: ALL },
  { path: "/manage/forecasts", title: "nav.forecasts", roles: ALL },
  { path: "/manage/complaints", title: "nav.complaints", roles: ALL },
  { path: "/manage/survey", title: "nav.survey", roles: ALL },
  { path: "/manage/privacy", title: "nav.privacy", roles: LEADERS },
  { path: "/manage/devices", title: "nav.devices", roles: LEADERS },
];

/** Return the pages that somebody may open. */
export const pagesFor = (role: Role): readonly ManagerPage[] => MANAGER_PAGES.filter((page) => page.roles.includes(role));

/** Return the page at an address; the first one stands for addresses that are none of them. */
export const pageAt = (path: string): ManagerPage =>
  MANAGER_PAGES.find((page) => page.path === path.replace(/\/$/, "")) ?? MANAGER_PAGES[0]!;
