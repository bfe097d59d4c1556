/** The values that server and pages exchange: the one module from which pages take these types. */

/** ISO 8601 in UTC; shown in the mall's own zone. */
export type Instant = string;
export type Condition =
  "ready" | "paper_low" | "paper_out" | "cover_open" | "offline" | "mute" | "no_answer" | "faulty";

export interface View {
  at: Instant;
  pace: number;
  build: string;
}
export interface Named {
  code: string;
  name: string;
  name_en: string | null;
}
export interface Mall extends Named {
  place: string;
  timezone: string;
  label: string | null;
  languages: string[];
}
export interface Hours {
  state:
    "open" | "before_opening" | "break" | "last_ticket_passed" | "closed_today" | "after_closing" | "holiday";
  reason: string;
  until: string | null;
  next_open: string | null;
}
export interface Tenant extends Named {
  short_name: string;
  colour: string;
  prefix: string;
}
export type Service = Named;
export interface Counter {
  code: string;
  name: string;
  zone: string;
}
export interface Standard {
  requirements: string[];
  duration_text: string;
  counter_minutes: number;
  fee_idr: number | null;
  fee_note: string | null;
  legal_basis: string;
  source: string;
  verified: boolean;
}
export interface KioskService extends Service {
  standard: Standard;
  state: "open" | "closed" | "full";
  left: number | null;
}
export interface KioskTenant extends Tenant {
  hours: Hours;
  waiting: number;
  open_counters: number;
  services: KioskService[];
}
export interface InfoView extends View {
  mall: Mall;
  hours: Hours;
  priority_classes: Named[];
  tenants: KioskTenant[];
}
export interface KioskView extends InfoView {
  printer: { code: string; condition: Condition | null } | null;
}
export type TicketState = "waiting" | "called" | "serving" | "held" | "missed" | "done" | "cancelled" | "expired";
export interface Slip {
  state: "waiting" | "claimed" | "printed" | "failed" | "unknown" | "lapsed";
  reason: string;
}
export interface TicketView extends View {
  id: number;
  number: string;
  code: string;
  state: TicketState;
  mall: Mall;
  tenant: Tenant;
  service: Service;
  requirements: string[];
  priority: boolean;
  issued_at: Instant;
  ahead: number | null;
  counter: Counter | null;
  called_at: Instant | null;
  calls: number;
  held_until: Instant | null;
  slip: Slip | null;
  url: string;
}
export type CounterState = "open" | "paused" | "closed";
export interface QueueItem {
  id: number;
  number: string;
  service: Service;
  priority: boolean;
  state: TicketState;
  waiting_since: Instant;
  issued_at: Instant;
  called_at: Instant | null;
  started_at: Instant | null;
  calls: number;
  held_until: Instant | null;
  counter_minutes: number;
  slip: Slip | null;
  for_counter: string | null;
}
export interface CounterView extends View {
  mall: Mall;
  counter: Counter & { tenant: Tenant; state: CounterState; officer: string | null; services: Service[] };
  current: QueueItem | null;
  next: QueueItem | null;
  next_why: { waited_seconds: number; weight: number; runner_up: string | null } | null;
  queue: QueueItem[];
  held: QueueItem[];
  missed: QueueItem[];
  served_today: number;
  all_services: (Service & { tenant: string })[];
  all_counters: (Counter & { tenant: string; state: CounterState })[];
}
export interface CounterRow extends Counter {
  tenant: string;
  state: CounterState;
  officer: string | null;
  services: string[];
}
export interface Announcement {
  id: number;
  number: string;
  counter: string;
  text: string;
  sound: string | null;
  seconds: number | null;
  state: "waiting" | "speaking";
  by_me: boolean;
  expires_at: Instant;
}
export interface Call {
  id: number;
  number: string;
  counter: Counter;
  tenant: Tenant;
  called_at: Instant;
  calls: number;
  state: TicketState;
  priority: boolean;
}
export interface BoardView extends View {
  mall: Mall;
  hours: Hours;
  zone: { code: string; name: string; languages: string[] };
  calls: Call[];
  counters: (Counter & { tenant: Tenant; state: CounterState; number: string | null })[];
  waiting: (Tenant & { waiting: number })[];
  voice: Announcement | null;
  ticker: string[];
}
export interface SignView extends View {
  mall: Mall;
  counter: Counter;
  tenant: Tenant;
  state: CounterState;
  number: string | null;
  phase: "called" | "serving" | null;
  called_at: Instant | null;
  calls: number;
}
export interface Me {
  name: string;
  role: "administrator" | "manager" | "supervisor" | "officer" | "greeter";
  tenant: string | null;
  mall: Mall;
}
export type DeviceKind = "kiosk" | "board" | "sign" | "printer" | "speaker";
export interface DeviceMe {
  id: number;
  state: "waiting" | "approved" | "revoked";
  kind: DeviceKind;
  code: string | null;
  name: string | null;
  pairing_code: string;
  zone: string | null;
  counter: string | null;
  printer: string | null;
}
export interface Device extends DeviceMe {
  condition: string | null;
  seen_at: Instant | null;
}
export interface ManagedCounter extends Counter {
  tenant: Tenant;
  state: CounterState;
  officer: string | null;
  number: string | null;
  phase: "called" | "serving" | null;
  since: Instant | null;
}
export interface Trouble {
  at: Instant;
  text_code: string;
  number: string | null;
  device: string | null;
}
export interface ManageView extends View {
  mall: Mall;
  hours: Hours;
  counters: ManagedCounter[];
  tenants: (Tenant & { waiting: number; longest_wait_since: Instant | null; served_today: number })[];
  devices: Device[];
  troubles: Trouble[];
}
