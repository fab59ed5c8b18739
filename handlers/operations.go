package handlers

import (
	"github.com/danielgtaylor/huma/v2"

	"wenguan/models/booking"
)

// operation is what the description of the API says of a route.
type operation struct {
	tag, id, summary string
	options          []option
}

const (
	venues     = "Venues"
	bookings   = "Bookings"
	attendance = "Attendance"
	standing   = "Standing"
	people     = "People"
	staff      = "Staff"
	organizing = "Organizations"
	summaries  = "Summaries"
	sessions   = "Sessions"
	privately  = "Privacy"
	auditing   = "Audit"
	service    = "Service"
)

var tags = []*huma.Tag{
	{Name: venues, Description: "What the district has, and what is free."},
	{Name: bookings, Description: "Reserving, moving and giving up."},
	{Name: attendance, Description: "Passes at the door and the board of the day."},
	{Name: standing, Description: "Strikes, what they cost, appeals, and what staff decide about them."},
	{Name: people, Description: "Whom staff serve at the counter."},
	{Name: organizing, Description: "Who acts for a community organization, and what staff have verified of it."},
	{Name: staff, Description: "Roles of people, and devices."},
	{Name: summaries, Description: "Offered, booked and attended time."},
	{Name: sessions, Description: "Who is signed in."},
	{Name: privately, Description: "What is kept about oneself, who saw it, and how it goes away."},
	{Name: auditing, Description: "Who changed what, in chains that cannot be rewritten unseen."},
	{Name: service, Description: "The service itself."},
}

// operations are the routes in words, by method and address. A route that is missing here does not start.
var operations = map[string]operation{
	"GET /venues": {venues, "listVenues", "List the venues of the district", nil},
	"POST /venues": {venues, "createVenue", "Make a venue", []option{
		answers(201),
		takes(venueBody),
		refuses("venue_exists"),
	}},
	"GET /venues/{venue}": {venues, "getVenue", "One venue with its spaces, hours and rules", nil},
	"PUT /venues/{venue}": {venues, "updateVenue", "Change a venue", []option{takes(venueBody), refuses("revision_changed", "space_in_use")}},
	"POST /venues/{venue}/photos": {venues, "addPhoto", "Add a photo (JPEG, PNG or WebP, at most 1 MB)", []option{
		answers(201),
		takes(photoBody),
		refuses("photo_type"),
	}},
	"DELETE /venues/{venue}/photos/{photo}": {venues, "removePhoto", "Remove a photo", nil},
	"GET /photos/{photo}":                   {venues, "getPhoto", "A photo", []option{sends("image/*", binary)}},
	"GET /venues/{venue}/availability":      {venues, "getAvailability", "What is left, slot by slot, for up to 14 days", []option{sendsTagged[booking.Availability]}},
	"GET /free":                             {venues, "findFree", "What is free at a time, in all of the district", []option{limited(findAttempt), sendsTagged[FreeView], refuses("venue_not_found")}},
	"GET /rule-templates":                   {venues, "listRuleTemplates", "Rule books to start from", nil},
	"GET /venues/{venue}/rule-versions":     {venues, "listRuleVersions", "The rule books that the venue and its spaces have and had", nil},
	"POST /venues/{venue}/rule-checks":      {venues, "checkRules", "Try a rule book: what is wrong with it, its words, and what could be booked", nil},
	"POST /venues/{venue}/rule-replays":     {venues, "replayRules", "What real requests, booked or refused then, would have met under a rule book", []option{refuses("range_backwards")}},
	"GET /holidays":                         {venues, "getHolidays", "The public holiday calendar", nil},
	"PUT /holidays":                         {venues, "updateHolidays", "Replace the public holiday calendar", []option{takes(venueBody), refuses("revision_changed")}},

	"POST /bookings": {bookings, "reserve", "Book a space", []option{
		answers(201), limited(bookingAttempt), consenting, refuses(append(reserving, "for_not_permitted", "booker_needed")...),
	}},
	"GET /bookings":           {bookings, "listBookings", "One's own bookings and those of one's family, or of an organization", []option{refuses("for_not_permitted")}},
	"GET /bookings/{booking}": {bookings, "getBooking", "One booking", nil},
	"POST /bookings/{booking}/moves": {bookings, "moveBooking", "Give a booking another time or space", []option{
		limited(bookingAttempt), refuses(append(reserving, "rule_cancel_before", "rule_cancel_by", "rule_moves", "rule_no_moves", "too_late", "booking_cancelled", "already_in")...),
	}},
	"POST /bookings/{booking}/cancellation": {bookings, "cancelBooking", "Give a booking up", []option{
		refuses("rule_cancel_before", "rule_cancel_by", "rule_cancels", "too_late", "booking_over", "already_in"),
	}},

	"POST /bookings/{booking}/check-in": {attendance, "arrive", "Check in without the door, where the rules allow it", []option{
		refuses("rule_check_in_by", "no_check_in", "too_early", "too_late", "booking_cancelled"),
	}},
	"POST /bookings/{booking}/leave": {attendance, "leave", "Begin a temporary leave; the place is kept for a while", []option{
		refuses("rule_no_leave", "rule_leaves_per_day", "not_checked_in", "reported_away", "booking_over", "booking_cancelled"),
	}},
	"POST /bookings/{booking}/return": {attendance, "return", "Say that one is back from a leave, or is there after all", []option{
		refuses("not_checked_in", "booking_over", "booking_cancelled"),
	}},
	"POST /bookings/{booking}/report": {attendance, "reportAway", "Say that the place of a booking is empty", []option{
		refuses("rule_no_report", "rule_report_by_staff", "on_leave", "not_checked_in", "booking_over", "booking_cancelled"),
	}},
	"POST /bookings/{booking}/release": {attendance, "release", "Give the place of a booking to others, at nobody's fault", []option{
		refuses("too_late"),
	}},
	"POST /bookings/{booking}/check-out": {attendance, "checkOut", "Leave early and give the rest of the time back", []option{
		refuses("not_checked_in", "booking_cancelled", "booking_over"),
	}},
	"GET /bookings/{booking}/pass": {attendance, "getPass", "The pass of a booking, with the codes it shows one after the other", []option{refuses("booking_cancelled", "too_late")}},
	"GET /bookings/{booking}/pass.png": {attendance, "getPassPNG", "The pass as a QR code, PNG", []option{
		sends("image/png", binary),
		refuses("booking_cancelled", "too_late"),
	}},
	"GET /bookings/{booking}/pass.svg": {attendance, "getPassSVG", "The pass as a QR code, SVG", []option{
		sends("image/svg+xml", text),
		refuses("booking_cancelled", "too_late"),
	}},
	"POST /check-ins": {attendance, "checkIn", "Let a party in, by pass or number", []option{
		refuses("pass_invalid", "pass_stale", "booking_not_found", "rule_check_in_by", "no_check_in", "wrong_venue", "too_early", "too_late", "booking_cancelled", "already_in"),
	}},
	"POST /attendance": {attendance, "attend", "Check in, leave, return or check out at the door, by pass or number", []option{
		refuses("pass_invalid", "pass_stale", "booking_not_found", "rule_check_in_by", "no_check_in", "wrong_venue", "too_early", "too_late", "booking_cancelled", "already_in",
			"rule_no_leave", "rule_leaves_per_day", "not_checked_in", "reported_away", "booking_over"),
	}},
	"POST /venues/{venue}/card-attendance": {attendance, "attendByCard", "Check in, leave, return or check out at the door, by identity card", []option{
		limited(cardAttempt),
		refuses("identity_number", "card_no_booking", "rule_check_in_by", "no_check_in", "too_early", "too_late", "already_in",
			"rule_no_leave", "rule_leaves_per_day", "not_checked_in", "reported_away", "booking_over"),
	}},
	"POST /venues/{venue}/walk-ins": {attendance, "walkIn", "Let people in without a booking, and count them", []option{
		refuses("rule_walk_in", "outside_hours", "closed_day", "nothing_free", "account_not_found"),
	}},
	"DELETE /venues/{venue}/walk-ins/{walk_in}": {attendance, "undoWalkIn", "Take back a count of one's own, within ten minutes", []option{
		refuses("walk_in_not_found", "undo_too_late"),
	}},
	"GET /venues/{venue}/board": {attendance, "getBoard", "A day of a venue for its staff", []option{revalidates}},

	"GET /codes/{code}":             {attendance, "getCode", "How the seat or the room of a code stands, and what can be done there", []option{limited(findAttempt), refuses("code_unknown", "for_not_permitted")}},
	"GET /codes/{code}/picture.svg": {attendance, "getCodePicture", "The code for its sticker, SVG", []option{sends("image/svg+xml", text), refuses("code_unknown")}},
	"POST /codes/{code}/bookings": {attendance, "bookHere", "Book the place of a code on the spot, and check in by the same scan where that is open", []option{
		answers(201), limited(bookingAttempt), consenting, refuses(append(reserving, "code_unknown", "for_not_permitted", "booker_needed")...),
	}},
	"POST /codes/{code}/check-in": {attendance, "checkInHere", "Check in with the code of the place", []option{
		refuses("code_unknown", "nothing_booked_here", "rule_check_in_by", "no_check_in", "too_early", "too_late", "booking_cancelled"),
	}},
	"POST /codes/{code}/leave": {attendance, "leaveHere", "Begin a temporary leave", []option{
		refuses("code_unknown", "nothing_booked_here", "rule_no_leave", "rule_leaves_per_day", "not_checked_in", "reported_away", "booking_over", "booking_cancelled"),
	}},
	"POST /codes/{code}/return": {attendance, "returnHere", "Say that one is back", []option{
		refuses("code_unknown", "nothing_booked_here", "not_checked_in", "booking_over", "booking_cancelled"),
	}},
	"POST /codes/{code}/check-out": {attendance, "checkOutHere", "Check out and give the rest of the time back", []option{
		refuses("code_unknown", "nothing_booked_here", "not_checked_in", "booking_cancelled", "booking_over"),
	}},
	"POST /codes/{code}/report": {attendance, "reportHere", "Say that the place of a code is empty although somebody has it", []option{
		refuses("code_unknown", "nobody_here", "rule_no_report", "rule_report_by_staff", "on_leave", "not_checked_in", "booking_over", "booking_cancelled"),
	}},
	"GET /venues/{venue}/codes":  {attendance, "listSeatCodes", "The codes of the seats and rooms of a venue", nil},
	"POST /venues/{venue}/codes": {attendance, "makeSeatCodes", "Make the codes that are missing, or a new one for a space", []option{refuses("space_not_found")}},

	"GET /account/standing": {standing, "getOwnStanding", "One's strikes, warnings and suspensions", []option{refuses("for_not_permitted")}},
	"GET /account/appeals":  {standing, "listOwnAppeals", "One's appeals, the latest first", []option{refuses("for_not_permitted")}},
	"POST /account/appeals": {standing, "appeal", "Say that a strike is not right", []option{
		answers(201), limited(bookingAttempt), consenting, refuses("strike_not_found", "strike_not_active", "appeal_open", "appeals_many", "text_needed"),
	}},
	"PUT /account/appeals/{appeal}/photo": {standing, "putAppealPhoto", "Add a photo to an appeal (JPEG, PNG or WebP, at most 5 MB), or another one", []option{
		takes(appealPhotoBody), limited(uploadAttempt), consenting, refuses("appeal_not_found", "appeal_answered", "photo_type", "photo_broken", "photo_large"),
	}},
	"GET /appeals/{appeal}/photo": {standing, "getAppealPhoto", "The photo of an appeal, to be saved", []option{
		sends("image/*", binary), refuses("appeal_not_found", "photo_not_found"),
	}},
	"POST /appeals/{appeal}/answer": {standing, "answerAppeal", "Answer an appeal for good", []option{
		refuses("appeal_not_found", "appeal_answered", "own_standing", "text_needed"),
	}},
	"GET /venues/{venue}/appeals": {standing, "listAppeals", "Appeals for staff to answer, the open ones in the order they came", nil},
	"GET /venues/{venue}/strikes": {standing, "getStanding", "What somebody's violations at a venue have come to", []option{refuses("venue_not_found")}},
	"POST /venues/{venue}/strikes": {standing, "writeDown", "Write down misconduct", []option{
		answers(201), refuses("booking_not_found", "person_not_found", "own_standing", "reason_needed"),
	}},
	"POST /strikes/{violation}/pardon": {standing, "pardon", "Waive a strike, or let it be earned back", []option{
		refuses("strike_not_found", "strike_not_active", "own_standing", "reason_needed", "rule_no_earning_back", "rule_earned_back"),
	}},
	"POST /suspensions/lift": {standing, "liftSuspension", "End a suspension now", []option{refuses("suspension_not_found", "own_standing", "reason_needed")}},

	"GET /people": {people, "findPeople", "Find people at the counter", []option{limited(searchAttempt)}},
	"POST /people": {people, "makePerson", "Make an account for somebody at the counter", []option{
		answers(201), limited(searchAttempt), refuses("person_exists"),
	}},
	"PATCH /people/{person}": {people, "updatePerson", "Write down somebody's year of birth", []option{refuses("person_not_found", "birth_year_unlikely", "birth_year_bound")}},
	"GET /people/{person}": {people, "getPerson", "Somebody in clear; the look is recorded and shown to them", []option{
		limited(searchAttempt), refuses("person_not_found"),
	}},

	"GET /organizations":                   {organizing, "listOrganizations", "The organizations one acts for", nil},
	"POST /organizations":                  {organizing, "foundOrganization", "Begin the registration of an organization", []option{answers(201), consenting, limited(uploadAttempt), refuses("code_check", "organizations_many")}},
	"GET /organizations/registrations":     {organizing, "listRegistrations", "Registrations for staff to work on", nil},
	"GET /organizations/{organization}":    {organizing, "getOrganization", "One organization", []option{refuses("organization_not_found")}},
	"PUT /organizations/{organization}":    {organizing, "saveOrganization", "Change a registration", []option{refuses("organization_not_found", "owner_needed", "revision_changed", "code_check", "code_taken")}},
	"DELETE /organizations/{organization}": {organizing, "closeOrganization", "Close a registration for good", []option{refuses("organization_not_found", "owner_needed")}},
	"POST /organizations/{organization}/submission": {organizing, "submitOrganization", "Ask for verification, or for its renewal", []option{
		refuses("organization_not_found", "owner_needed", "already_submitted", "renewal_early", "code_taken", "code_needed", "document_needed"),
	}},
	"POST /organizations/{organization}/verification": {organizing, "verifyOrganization", "Verify, refuse or withdraw", []option{
		refuses("organization_not_found", "own_organization", "revision_changed", "not_submitted", "not_verified", "code_taken", "reason_needed", "until_range"),
	}},
	"POST /organizations/{organization}/documents": {organizing, "addDocument", "Upload a document (PDF, JPEG or PNG, at most 5 MB)", []option{
		answers(201), takes(documentBody), limited(uploadAttempt),
		refuses("organization_not_found", "owner_needed", "document_type", "document_empty", "document_large", "document_broken", "document_active", "documents_many"),
	}},
	"GET /organizations/{organization}/documents/{document}": {organizing, "getDocument", "A document, to be saved", []option{
		sends("application/*", binary), refuses("document_not_found", "owner_needed"),
	}},
	"DELETE /organizations/{organization}/documents/{document}":     {organizing, "removeDocument", "Delete a document", []option{refuses("document_not_found", "owner_needed", "document_needed")}},
	"GET /organizations/{organization}/members":                     {organizing, "listMembers", "Who acts for an organization", []option{refuses("organization_not_found")}},
	"PUT /organizations/{organization}/members/{account}":           {organizing, "setMemberRole", "Give a member another role", []option{refuses("member_not_found", "owner_needed", "last_owner")}},
	"DELETE /organizations/{organization}/members/{account}":        {organizing, "removeMember", "Take a member out, or leave", []option{refuses("member_not_found", "owner_needed", "last_owner")}},
	"GET /organizations/{organization}/invitations":                 {organizing, "listInvitations", "The invitations that still work", []option{refuses("organization_not_found", "owner_needed")}},
	"POST /organizations/{organization}/invitations":                {organizing, "invite", "Make an invitation link, good for a week", []option{answers(201), refuses("organization_not_found", "owner_needed", "invitations_many")}},
	"DELETE /organizations/{organization}/invitations/{invitation}": {organizing, "revokeInvitation", "Make an invitation worthless", []option{refuses("invitation_not_found", "owner_needed")}},
	"POST /invitations/preview":                                     {organizing, "previewInvitation", "What an invitation is to", []option{refuses("invitation_gone")}},
	"POST /invitations/accept":                                      {organizing, "acceptInvitation", "Become a member by an invitation", []option{consenting, refuses("invitation_gone", "already_member", "organizations_many", "members_many")}},

	"GET /roles": {staff, "listRoles", "Who may do what where: the whole table", nil},
	"GET /staff": {staff, "listStaff", "Who has a role, by name", nil},
	"POST /accounts": {staff, "makeStaff", "Make a member of the staff, with the link to set up signing in", []option{
		answers(201), refuses("step_up_needed", "address_taken"),
	}},
	"GET /accounts/{account}/grants": {staff, "listGrants", "The roles of an account", []option{refuses("account_not_found")}},
	"POST /accounts/{account}/grants": {staff, "giveRole", "Give a role", []option{
		answers(201), refuses("step_up_needed", "own_roles", "account_not_found", "last_administrator"),
	}},
	"DELETE /accounts/{account}/grants/{grant}": {staff, "takeRole", "Take a role", []option{
		refuses("step_up_needed", "account_not_found", "grant_not_found", "last_administrator"),
	}},
	"POST /accounts/{account}/enrolment-links": {staff, "makeEnrolmentLink", "Make the link that a member of the staff sets up signing in with", []option{
		answers(201), refuses("step_up_needed", "own_roles", "account_not_found", "not_staff"),
	}},
	"GET /venues/{venue}/devices":             {staff, "listDevices", "The doors, kiosks and displays of a venue", nil},
	"POST /venues/{venue}/devices":            {staff, "makeDevice", "Make a device", []option{answers(201)}},
	"DELETE /venues/{venue}/devices/{device}": {staff, "revokeDevice", "Revoke a device; its token is worth nothing from then on", []option{refuses("device_not_found")}},

	"GET /summaries": {summaries, "getSummary", "How well venues were used", []option{sendsTagged[SummaryView], refuses("venue_not_found", "range_backwards")}},
	"GET /summaries.csv": {summaries, "getSummaryTable", "The same as a table", []option{
		sends("text/csv", text),
		refuses("venue_not_found", "range_backwards"),
	}},
	"GET /summaries/written": {summaries, "listWrittenSummaries", "What the weekly and monthly jobs wrote down", nil},

	"POST /sign-in-codes": {sessions, "sendSignInCode", "Send a sign-in code to a phone or an e-mail address", []option{
		answers(202),
		limited(signInAttempt), refuses("foreign_origin"),
	}},
	"POST /sessions": {sessions, "signIn", "Sign in: with a code or a link, or as staff with a password and a second factor, or a passkey", []option{
		answers(201), limited(signInAttempt),
		refuses("foreign_origin", "code_wrong", "link_invalid", "sign_in_wrong", "passkey_refused", "too_many_attempts", "passkeys_unavailable"),
	}},
	"POST /session/passkey-challenges": {sessions, "askPasskey", "A challenge for a passkey: to sign in, or in a session of staff to step up", []option{
		limited(signInAttempt), refuses("foreign_origin", "passkeys_unavailable", "second_factor_missing"),
	}},
	"POST /session/proofs": {sessions, "stepUp", "Show the second factor again; what needs it may be done for ten minutes", []option{
		limited(signInAttempt),
		refuses("staff_sign_in_needed", "totp_wrong", "recovery_wrong", "passkey_refused", "too_many_attempts", "passkeys_unavailable"),
	}},
	"GET /account/sessions":              {sessions, "listSessions", "Where one is signed in", nil},
	"DELETE /account/sessions":           {sessions, "endOtherSessions", "End every session but this one", nil},
	"DELETE /account/sessions/{session}": {sessions, "endSession", "End one session", []option{refuses("session_not_found")}},
	"GET /account/credentials":           {sessions, "getCredentials", "What one has set up to sign in as staff", nil},
	"PUT /account/password": {sessions, "setPassword", "Set one's password", []option{
		refuses(changingCredentials...), refuses("password_short", "password_long", "password_common", "password_personal"),
	}},
	"POST /account/totp": {sessions, "startAuthenticator", "A new secret for one's authenticator app", []option{
		refuses(changingCredentials...), refuses("password_first"),
	}},
	"POST /account/totp/confirmation": {sessions, "confirmAuthenticator", "Take the new authenticator app into use", []option{
		limited(signInAttempt), refuses(changingCredentials...), refuses("totp_wrong", "totp_not_started"),
	}},
	"POST /account/passkeys/options": {sessions, "startPasskey", "Options to make a passkey with", []option{
		refuses(changingCredentials...), refuses("passkeys_unavailable", "passkeys_many"),
	}},
	"POST /account/passkeys": {sessions, "addPasskey", "Add the passkey that was made", []option{
		answers(201), refuses(changingCredentials...), refuses("passkeys_unavailable", "passkey_refused"),
	}},
	"DELETE /account/passkeys/{passkey}": {sessions, "removePasskey", "Remove a passkey", []option{
		refuses(changingCredentials...), refuses("passkey_not_found", "last_credential"),
	}},
	"POST /account/recovery-codes": {sessions, "renewRecoveryCodes", "Ten new recovery codes; the old ones are worth nothing any more", []option{
		refuses(changingCredentials...),
	}},
	"POST /accounts/{account}/credential-resets": {sessions, "resetCredentials", "Take all credentials from somebody who lost them, and make a link to set up new ones", []option{
		answers(201), refuses("step_up_needed", "account_not_found", "not_staff"),
	}},
	"GET /session":           {sessions, "getSession", "Who is signed in and what they may do", nil},
	"GET /session/ways":      {sessions, "getWays", "How one can sign in here", nil},
	"GET /provider/start":    {sessions, "startAtProvider", "Send a browser to the OpenID Connect provider to sign in", []option{answers(302)}},
	"GET /provider/sign-out": {sessions, "signOutAtProvider", "Send a browser that has signed out here to the provider, to sign out there too", []option{answers(302)}},
	"GET /provider/callback": {sessions, "returnFromProvider", "Where the provider sends it back: signs in and goes on to a page", []option{answers(302)}},
	"DELETE /session":        {sessions, "signOut", "Sign out", []option{refuses("foreign_origin")}},
	"PATCH /account":         {sessions, "updateAccount", "Change one's own name, group, language or year of birth", []option{refuses("name_bound", "birth_year_bound", "birth_year_unlikely", "consent_required")}},
	"POST /account/addresses": {sessions, "changeAddress", "Give one's own account another phone number or e-mail address, by a code sent there", []option{
		limited(signInAttempt), consenting, refuses("code_wrong", "address_taken"),
	}},

	"POST /account/consents":       {privately, "consent", "Agree to the version of the privacy text that is in force", []option{refuses("consent_outdated")}},
	"GET /account/consent":         {privately, "getConsent", "What one agreed to", nil},
	"GET /account/looks":           {privately, "listLooks", "Who of the staff saw one's data in clear", nil},
	"GET /account/export.{format}": {privately, "exportAccount", "Everything that is kept about oneself", []option{sends("application/json", anyObject), alsoSends("text/html", text)}},
	"POST /account/erasure":        {privately, "eraseAccount", "Erase one's own account for good", []option{refuses("confirmation_needed", "still_checked_in", "last_administrator", "sole_owner")}},
	"GET /privacy/texts":           {privately, "listPrivacyTexts", "Every version of the privacy text", nil},
	"POST /privacy/texts":          {privately, "writePrivacyText", "Put a new version of the privacy text into force", []option{answers(201), refuses("revision_changed")}},
	"GET /privacy/texts/current":   {privately, "getCurrentPrivacyText", "The privacy text in force", nil},
	"GET /privacy/texts/{version}": {privately, "getPrivacyText", "One version of the privacy text", []option{refuses("text_not_found")}},
	"GET /people/{person}/export.{format}": {privately, "exportPerson", "The same for somebody who asked staff for it; the look is recorded", []option{
		sends("application/json", anyObject), alsoSends("text/html", text), refuses("person_not_found", "step_up_needed"),
	}},
	"POST /people/{person}/erasure": {privately, "erasePerson", "Erase the account of somebody who asked staff to", []option{
		refuses("person_not_found", "step_up_needed", "still_checked_in", "last_administrator", "sole_owner"),
	}},
	"GET /account":        {people, "getAccount", "One's own account; addresses are masked", nil},
	"GET /account/family": {people, "listFamily", "One's family members", nil},
	"POST /account/family": {people, "addFamily", "Add a child or an elder to book for", []option{
		answers(201), limited(bookingAttempt), consenting, refuses("birth_year_unlikely", "family_known", "family_many"),
	}},
	"PATCH /account/family/{person}": {people, "updateFamily", "Change what is written down of a family member", []option{
		consenting, refuses("birth_year_unlikely", "family_not_found"),
	}},
	"DELETE /account/family/{person}": {people, "removeFamily", "Remove a family member; their account is erased", []option{
		refuses("family_not_found", "still_booked", "still_checked_in"),
	}},
	"GET /account/identity": {people, "getIdentity", "Whether a real name is bound to one's account", nil},
	"POST /account/identity": {people, "bindIdentity", "Bind a real name to one's account", []option{
		consenting, refuses("identity_number", "identity_bound", "identity_taken", "too_many_identities"),
	}},
	"DELETE /people/{person}/identity": {people, "unbindIdentity", "Take somebody's real name binding off", []option{refuses("account_not_found")}},

	"GET /audit": {auditing, "listAudit", "Changes that were made, the latest first", nil},
	"GET /audit.{format}": {auditing, "exportAudit", "The same as a file, the oldest first, at most 20,000 records", []option{
		sends("text/csv", text),
		alsoSends("application/jsonl", text),
		refuses("export_too_large"),
	}},

	"GET /jobs":                  {service, "listJobs", "What the service does by itself, and how it went", nil},
	"POST /jobs/{job}/runs":      {service, "runJob", "Run a job now", []option{refuses("job_running")}},
	"GET /health":                {service, "getHealth", "Whether the service can answer", []option{refuses("unavailable")}},
	"GET /.well-known/jwks.json": {service, "getPassKeys", "Public keys of the passes (RFC 7517)", []option{sends("application/jwk-set+json", anyObject)}},
	"POST /csp-reports":          {service, "reportViolation", "Take a browser's report about the content security policy", []option{limited(reportAttempt), refuses("malformed_request")}},
}
