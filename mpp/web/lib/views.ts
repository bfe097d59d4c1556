/** Short names for the server's values; api.d.ts is made from its OpenAPI by `make types`, never by hand. */
import type { components } from "./api.d.ts";

type Schemas = components["schemas"];

/** What every view carries. */
export type View = Pick<Schemas["KioskView"], "at" | "pace" | "build">;

export type Hours = Schemas["HoursPart"];
export type Tenant = Schemas["TenantPart"];
type Points = "procedure_steps" | "complaint_channels" | "facilities";
/** What a service promises; lists in which nothing stands are not sent. */
export type Standard = Omit<Schemas["Standard"], Points> & Partial<Pick<Schemas["Standard"], Points>>;
export type Standards = Schemas["StandardsView"];
export type ServiceStandard = Schemas["ServiceStandardView"];
export type PublicStandards = Schemas["PublicStandards"];
export type StandardVersion = Schemas["VersionPart"];
export type Component = Schemas["ComponentPart"];
export type KioskService = Schemas["ServiceOffer"];
export type KioskTenant = Schemas["TenantOffer"];
export type Outlook = Schemas["Outlook"];
export type KioskView = Schemas["KioskView"];
export type AppointmentView = Schemas["AppointmentView"];
export type Appointments = Schemas["AppointmentsView"];
export type AppointmentLine = Schemas["AppointmentLine"];
export type Entered = Schemas["EnteredView"];
export type TicketView = Schemas["TicketView"];

export type CounterRow = Schemas["CounterLine"];
export type CounterView = Schemas["CounterView"];
export type QueueItem = Schemas["QueueItem"];
export type NextWhy = Schemas["NextWhy"];
export type ShiftView = Schemas["ShiftView"];
export type SlipPart = Schemas["SlipPart"];

export type Announcement = Schemas["Announcement"];
export type BoardView = Schemas["BoardView"];
export type Call = Schemas["BoardCall"];
export type SignView = Schemas["SignView"];
export type Zone = Schemas["ZoneLine"];
export type ServiceRow = Schemas["ServiceLine"];

export type Me = Schemas["Me"];
export type DeviceKind = Extract<Schemas["Role"], "kiosk" | "board" | "sign" | "printer" | "speaker">;
export type DeviceMe = Schemas["OwnDevice"];
export type Device = Schemas["DeviceLine"];
export type ManagedCounter = Schemas["HallCounter"];
export type ManageView = Schemas["ManageView"];
export type HallTenant = ManageView["tenants"][number];
export type HistoryBy = Schemas["By"];
export type HistoryFigures = Schemas["Figures"];
export type QualityView = Schemas["QualityView"];
export type Quality = Schemas["Quality"];
export type HistoryView = Schemas["HistoryView"];
export type StaffingHour = Schemas["StaffingHour"];
export type StaffingResult = Schemas["StaffingResult"];
export type StaffingView = Schemas["StaffingView"];
export type SimulationBody = Schemas["SimulationBody"];
export type SimulationView = Schemas["SimulationView"];
export type ComplaintView = Schemas["ComplaintView"];
export type ComplaintLine = Schemas["ComplaintLine"];
export type ComplaintsView = Schemas["ComplaintsView"];
export type ComplaintsDue = Schemas["ComplaintsDue"];
export type ComplaintCase = Schemas["ComplaintCase"];
export type Alert = Schemas["AlertLine"];
export type Trouble = Schemas["HallTrouble"];
export type ReadinessView = Schemas["ReadinessView"];
export type ReadinessCheck = Schemas["CheckPart"];
export type Rule = Schemas["mpp_law_core_Rule"];
/** The schema says of tuples with a least length that anything may be in them. */
export type Edition = Omit<Schemas["Edition"], "rules"> & { rules: Rule[] };
export interface InstrumentPart extends Omit<Schemas["InstrumentPart"], "in_force" | "editions"> {
  in_force: Edition | null;
  editions: Edition[];
}
export interface LawView extends Omit<Schemas["LawView"], "instruments"> {
  instruments: InstrumentPart[];
}
export type PrivacyView = Schemas["PrivacyView"];
export type Kept = Schemas["KeptPart"];
export type Breach = Schemas["BreachPart"];
export type PrivacyNotice = Schemas["NoticeView"];
export type TicketKept = Schemas["TicketExport"];
export type PeopleView = Schemas["PeopleView"];
export type PersonLine = Schemas["PersonLine"];
export type MediaLine = Schemas["MediaLine"];
export type SlipLayoutView = Schemas["SlipLayoutView"];
export type SlipLayout = Schemas["SlipLayout"];
export type SlipPreview = Schemas["SlipPreview"];
export type SlipCase = Schemas["Case"];
export type Policies = Schemas["PoliciesView"];
export type PolicyLine = Schemas["PolicyLine"];
export type Policy = Schemas["PolicyEntry"];

export type SurveyView = Schemas["SurveyView"];
export type SurveyElement = Schemas["ElementPart"];
export type SurveyScore = Schemas["ScorePart"];
export type SurveyLine = Schemas["SurveyLine"];
export type SurveyPlan = Schemas["PlanPart"];
export type SurveyReport = Schemas["SurveyReport"];
export type FloorPlan = Schemas["FloorPlanView"];
export type FloorPlans = Schemas["FloorPlansView"];
export type Form = Schemas["Form"];
export type FormField = Schemas["FormField"];
export type FormsView = Schemas["FormsView"];
export type TenantForms = Schemas["TenantForms"];
export type PublicSurvey = Schemas["PublicSurvey"];

export type Setup = Schemas["SetupView"];
export type Saved = Schemas["Saved"];
export type Problem = Schemas["Problem"];
export type Held = Schemas["Held"];
export type SetupVersion = Schemas["VersionLine"];
export type SetupChange = Schemas["Change"];
