// The JSON of /api/v1 as the client reads it; docs/openapi.yaml is its source. Only for type checking: never
// served.
export type Text = { 'zh-CN': string; en?: string };
export type Lang = 'zh-CN' | 'en';
export type Kind = 'corridor' | 'square' | 'reading_room' | 'idle_venue';
export type SpaceType = 'seat' | 'room' | 'hall' | 'panel' | 'open_area';
export type Allocation = 'exclusive' | 'shared' | 'any_of';
export type Feature = 'step_free' | 'lift' | 'accessible_toilet' | 'hearing_loop' | 'wifi' | 'power'
  | 'projector' | 'piano' | 'mirror_wall' | 'sound_system' | 'drinking_water' | 'parking' | 'nursing_room'
  | 'air_conditioning';
export type State = 'confirmed' | 'checked_in' | 'away' | 'reported' | 'completed' | 'cancelled' | 'no_show';
export type Action = 'view_public' | 'book_for_self' | 'view_board' | 'check_in' | 'edit_venue'
  | 'view_summary' | 'create_venue' | 'edit_calendar' | 'run_jobs' | 'manage_accounts' | 'book_for_others'
  | 'find_people' | 'manage_devices' | 'verify_organizations' | 'view_audit' | 'manage_roles' | 'edit_consent'
  | 'export_person' | 'erase_person';
export type Closed = '' | 'weekly' | 'holiday' | 'special' | 'closure';
export type Interval = { start: string; end: string };
export type Position = { lat: number; lon: number };
export type Params = Record<string, any>;

export type Account = { id: string; kind: 'person' | 'organization'; name: string; group?: string;
  language?: Lang; birth_year?: number; birth_year_attested?: boolean };
export type Acting = { id: string; kind: 'family' | 'organization'; name: string;
  role?: 'owner' | 'booker' | 'member'; verified_until?: string; birth_year?: number;
  relation?: 'child' | 'elder' };
export type Session = { account: Account | null; acts_for?: Acting[]; real_name?: boolean; may?: Action[]; venues?: string[] | null;
  scopes?: Partial<Record<Action, { all: boolean; venues: string[] }>>; means?: string; staff?: boolean; fresh?: boolean; enrol?: boolean;
  consent_needed?: { version: number }; device?: DeviceInSession; now?: string };
export type DevicePurpose = 'door' | 'kiosk' | 'display';
export type Device = { id: string; name: string; purpose: DevicePurpose; made_at: string; seen_at?: string };
export type DeviceInSession = { id: string; name: string; purpose: DevicePurpose; venue: string };
export type StaffRole = 'attendant' | 'counter' | 'manager' | 'officer' | 'auditor' | 'administrator';
export type StaffGrant = { id: string; role: StaffRole; areas: string[]; venues: string[]; until?: string; given_at?: string;
  given_by?: string; used_at?: string; lapses_at?: string; counts: boolean; from?: 'provider' };
export type StaffMember = { id: string; name: string; phone?: string; email?: string; grants: StaffGrant[] };
export type SecretLink = { link: string; qr: string };
export type Permission = { action: Action; scope: 'public' | 'own' | 'granted' | 'district'; roles: (StaffRole | DevicePurpose)[];
  step_up: boolean };
export type PrivacyText = { version: number; body: Text; changed?: string; made_at?: string };
export type Look = { at: string; who: string; role?: string; why: string; what: string; venue?: { name: Text } };
export type Passkey = { id: string; name: string; made: string; used?: string; doubt?: boolean;
  synced?: boolean };
export type Credentials = { password: string | null; authenticator: string | null; passkeys: Passkey[];
  recovery: number; passkeys_possible: boolean; enrolling: boolean };

export type VenueItem = {
  id: string; kind: Kind; name: Text; area: string; address: Text; position?: Position; cover?: { id: string; url: string };
  features?: Feature[]; seats: number; free_now: number; open_now: boolean; hours_today: Interval[];
  retired?: boolean;
};
export type Space = {
  id: string; parent?: string; name: Text; type: SpaceType; allocation: Allocation; atoms: string[];
    seats: number;
  features?: Feature[]; floor?: string; bookable: boolean; rules?: Rules; next_rules?: Rules;
};
export type SpecialDay = { date: string; hours: Interval[]; reason?: Text };
export type Closure = { id: string; spaces?: string[]; start: string; end: string; reason?: Text; outage?: boolean };
export type HolidayRule = 'same' | 'closed' | 'special' | 'workday';
export type HolidayHours = { holiday: HolidayRule; holiday_hours?: Interval[]; make_up: HolidayRule };
export type RuleDay = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun' | 'holiday';
export type DayTime = { days?: number; at: string };
export type Per = { per?: 'day' | 'week' | 'month' | 'year' | 'days'; days?: number };
export type RuleScope = 'space' | 'type' | 'venue' | 'kind' | 'area' | 'district';
export type RuleSession = { name?: Text; days?: RuleDay[]; start: string; end: string; quota?: number };
export type Letter = { version: number; title: Text; body: Text };
export type Limit = Per & { count: 'active' | 'bookings' | 'minutes'; max: number; scope?: RuleScope;
  of?: 'anybody' | 'person' | 'organization' };
export type ViolationKind = 'no_show' | 'late_cancel' | 'not_back' | 'reported' | 'no_check_out' | 'overstay' | 'misconduct';
export type Penalty = { kind: 'days' | 'months' | 'rest_of_week' | 'rest_of_month' | 'until_lifted' | 'warning'; n?: number };
export type StrikeRule = Per & { id: string; counts: ViolationKind[]; each?: boolean; max: number; first_warns?: boolean;
  across?: RuleScope; penalty: Penalty; covers?: RuleScope;
  escalation?: { nth: number; days?: number; penalty: Penalty }[] };
export type CheckInMeans = 'pass' | 'slip' | 'number' | 'card' | 'seat_code' | 'staff' | 'phone';
/** A rule book; what is missing limits nothing, or is the plain case of docs/rule-books.md. */
export type Rules = {
  version: number; name?: Text; starts?: string; template?: string;
  opens?: 'daily' | 'always' | 'weekly' | 'monthly'; horizon_days?: number; horizon_minutes?: number; horizon_to_end?: boolean;
  release_at?: string; weekly?: { from: RuleDay; at: string; until: RuleDay; till: string; ahead?: number };
  monthly?: { from: number; at: string; until?: number; till?: string; ahead?: number };
  booking_hours?: Interval[]; booking_days?: RuleDay[]; notice?: number; book_by?: DayTime; late_booking?: number;
  stop_before_closing?: number;
  times?: 'free' | 'sessions' | 'days'; slot_step?: number; shortest?: number; longest?: number; sessions?: RuleSession[];
  buffer_before?: number; buffer_after?: number; use_hours?: { days?: RuleDay[]; start: string; end: string }[];
  party_min?: number; party_max?: number; spaces_max?: number;
  assignment?: 'either' | 'automatic' | 'chosen';
  audience?: 'everybody' | 'residents' | 'organizations'; real_name_only?: boolean; verified_only?: boolean; min_age?: number;
  max_age?: number; child_under?: number; children_per_guardian?: number;
  group_min?: number; group_max?: number; exempt_age?: number; exempt_groups?: string[];
  purpose_required?: boolean; letter?: Letter;
  per_day?: number; one_at_a_time?: boolean; limits?: Limit[]; next_after?: 'check_in' | 'check_out'; cooling_off?: number;
  cancel_cooling_off?: number;
  no_check_in?: boolean; check_in_before?: number; check_in_after?: number; check_in_inside?: number; check_in_same_day?: number;
  check_in_by?: CheckInMeans[]; leave?: number; meal_leaves?: { start: string; end: string; minutes: number }[];
  leaves_per_day?: number; report?: number; report_by?: 'anybody' | 'staff'; check_out_required?: boolean;
  check_out_grace?: number; overstay_until?: number; walk_in?: RuleDay[]; walk_in_if_free?: boolean;
  cancel_before?: number; cancel_by?: DayTime; late_cancel?: 'refused' | 'miss' | 'allowed';
  cancel_limits?: (Per & { max: number })[]; no_moves?: boolean; move_before?: number; moves_max?: number;
  strikes?: StrikeRule[]; waives?: ('closure' | 'outage')[]; earn_back?: Per & { how: Text; max?: number };
  organizations?: { opening?: Partial<Rules>; longest?: number; spaces_max?: number };
};
/** One sentence of a rule book; lib/rules.js has its words. */
export type Explained = { code: string; params?: Params; for?: 'residents' | 'organizations' };
export type RuleCheck = { faults: { field: string; code: string; message: string; params?: Params }[]; explained: Explained[];
  at: string; preview: PreviewDay[] };
export type PreviewDay = { date: string; day: RuleDay; closed?: string; walk_in?: boolean; opens?: string;
  times: { start: string; end: string; quota?: number; bookable: boolean; code?: string; params?: Params }[] };
export type ReplayExample = { space: Named; made_at: string; start: string; end: string; party: number; params?: Params;
  then?: string; rules?: number };
export type ReplayedRule = { code: string; count: number; examples: ReplayExample[] };
export type RuleReplay = { accepted: number; refused: number; by_rule: ReplayedRule[]; partial?: boolean;
  unmet: { served: number; refused: number; by_rule: ReplayedRule[]; examples: ReplayExample[]; met: number; counted: number } };
export type RuleVersion = { saved_at: string; rules: Rules; explained: Explained[] };
export type RuleTemplate = { id: string; source: string; name: Text; about: Text; book: Rules };
export type Venue = {
  id: string; revision: number; kind: Kind; name: Text; about?: Text; area: string; address: Text;
    phone?: string;
  position?: Position; photos?: { id: string; url: string }[]; features?: Feature[]; zone: string;
  atoms: { id: string; capacity: number }[]; spaces: Space[]; hours: Interval[][]; on_holiday: HolidayHours;
  special?: SpecialDay[]; closures?: Closure[]; rules: Rules; next_rules?: Rules; rules_explained: Explained[];
  space_rules_explained?: { space: string; explained: Explained[] }[];
  today?: Today; retired?: boolean;
};
export type OpenDay = {
  date: string; open: Interval[]; reason?: Closed; holiday?: string; make_up?: boolean; note?: Text;
};
export type Today = {
  date: string; open_now: boolean; hours: Interval[]; reason?: Closed; holiday?: string; make_up?: boolean;
    note?: Text;
};
export type Times = 'free' | 'sessions' | 'days';
/** What is left in each slot; times, step, slots and ends only of a space with rules of its own. */
export type SpaceLeft = { id: string; left: number[]; times?: Times; step?: number; slots?: string[]; ends?: string[] };
export type Day = OpenDay & { slots: string[]; ends?: string[]; spaces: SpaceLeft[] };
export type Availability = { venue: string; zone: string; now: string; times: Times; step: number; days: Day[] };
export type FreeSpace = {
  venue: { id: string; name: Text; kind: Kind; address: Text; distance_m?: number };
  space: { id: string; name: Text; type: SpaceType; allocation: Allocation; seats: number; parent?: string };
  start: string; end: string; left: number;
};
export type Named = { id: string; name: Text; under?: Text };
export type Booking = {
  id: string; number: string; revision: number; venue: { id: string; name: Text; address: Text };
  space: Named; assigned: Named[]; start: string; end: string;
  party: number; purpose?: string; state: State;
  holder: { id?: string; name: string; kind: 'person' | 'organization' };
  by?: { name: string; staff: boolean; self: boolean };
  check_in: { opens: string; closes: string }; can: Can; reason?: string; cancel_until: string;
  late_cancel?: 'refused' | 'miss' | 'allowed'; no_check_in?: boolean; leave?: number; meal_leave?: boolean; report?: number;
  check_out_by?: string | null; back_by?: string | null; return_by?: string | null; violation?: ViolationKind;
  letter?: number; created_at: string; check_in_at?: string | null; check_out_at?: string | null;
};
/** What the code on a seat or a room shows. */
export type SeatCode = {
  code: string; venue: { id: string; name: Text; address: Text }; space: Named; type: SpaceType; now: string;
  state: 'free' | 'booked' | 'in_use' | 'away' | 'reported' | 'kept' | 'closed' | 'not_bookable'; until?: string; next?: string;
  mine: Booking[]; can_report: boolean;
  offer?: { start: string; ends: string[]; party_min: number; party_max: number; purpose_required: boolean; letter?: Letter };
  refusal?: { code: string; detail: string; params?: Params };
};
/** The code of a space, for its sticker. */
export type Sticker = { space: Named; type: SpaceType; code?: string; address?: string; picture?: string; made_at?: string };
export type Can = { move: boolean; cancel: boolean; check_in: boolean; leave: boolean; return: boolean; check_out: boolean;
  pass: boolean };
/** Somebody as a search at the counter shows them: masked. */
export type FoundPerson = {
  id: string; kind: 'person' | 'organization'; name: string; last4?: string; birth_year?: number; guardian?: string;
};
/** Somebody in clear, for staff who serve them. */
export type Person = {
  id: string; kind: 'person' | 'organization'; name: string; phone?: string; birth_year?: number; group?: string;
  note?: string; identity_last4?: string;
};
export type MemberRole = 'owner' | 'booker' | 'member';
export type OrganizationKind = 'association' | 'service' | 'foundation' | 'community' | 'troupe' | 'institution'
  | 'company' | 'other';
export type OrganizationState = 'draft' | 'submitted' | 'verified' | 'refused' | 'expired';
export type OrganizationItem = {
  id: string; name: string; code?: string; kind: OrganizationKind; state: OrganizationState; since: string;
  verified: boolean; verified_until?: string; role?: MemberRole; documents: number; members: number;
};
export type OrganizationDocument = { id: string; name: string; type: string; size: number; at: string; url: string };
export type OrganizationStep = {
  at: string; event: 'submitted' | 'amended' | 'verified' | 'refused' | 'withdrawn' | 'expired';
  state: OrganizationState; reason?: string; until?: string; by?: string;
};
export type Organization = OrganizationItem & {
  revision: number; proposed?: string; contact?: string; phone?: string; email?: string; address?: string;
  about?: string; verified_as?: { name: string; code?: string; kind: OrganizationKind };
  suggests?: OrganizationKind; reason?: string; missing: ('code' | 'document')[];
  can: { edit: boolean; submit: boolean; book: boolean; decide: boolean; adopt: boolean };
  files: OrganizationDocument[]; history: OrganizationStep[];
};
export type OrganizationMember = { id: string; name: string; role: MemberRole; since: string; self: boolean };
export type Invitation = { id: string; role: MemberRole; left: number; expires: string; note?: string };
export type Invited = {
  organization: string; name: string; kind: OrganizationKind; verified: boolean; role: MemberRole; by: string;
  expires: string; already?: MemberRole;
};
export type Place = { id: string; name: Text; under?: Text };
/** One violation as one rule counts it. */
export type Strike = {
  violation: string; booking?: string; kind: ViolationKind; at: string; venue: Place; space?: Place; rule: string;
  count: number; max: number; expires?: string; state: 'active' | 'expired' | 'used' | 'waived' | 'earned_back';
  suspension?: string; reason?: string; pardoned?: string; appealed: boolean; appealable: boolean;
  earn_back?: { how: Text; can: boolean };
};
export type Suspension = {
  id: string; rule: string; venue: Place; space?: Place; covers: RuleScope;
  kind?: string; area?: string; from: string; until?: string; max: number; nth: number; strikes: string[];
  in_force: boolean; lifted: boolean;
};
export type Standing = {
  holder: string; name?: string; strikes: Strike[]; warnings: { violation: string; at: string; venue: Place }[]; suspensions: Suspension[];
};
export type Appeal = {
  id: string; violation: string; kind: ViolationKind; happened: string; reason?: string; venue: Place; space?: Place;
  visit?: { number: string; start: string; end: string; check_in_by: string; checked_in?: string };
  person: { id?: string; name: string; kind: string }; text: string; photo?: string;
  state: 'open' | 'granted' | 'refused'; at: string; answer?: { text: string; at: string };
};
export type Pass = { token: string; number: string; not_before: string; expires: string };
export type Alternative = { venue: string; space: string; space_name: Text; start: string; end: string };
export type Problem = {
  status?: number; code?: string; detail?: string; params?: Params; field?: string;
  errors?: { location: string; message: string; code?: string; params?: Params }[];
  alternatives?: Alternative[]; request_id?: string;
};
