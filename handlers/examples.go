package handlers

import (
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"wenguan/models/fault"
	"wenguan/models/venue"
)

// refusals is the key of an operation's metadata that holds the codes it can refuse with.
const refusals = "refusals"

// reserving are the refusals of reserving and moving: those of the rules, and a lost race.
var reserving = []string{
	"venue_not_found", "space_taken", "idempotency_key_reused", "outside_hours", "closed_day", "in_closure", "rule_step",
	"rule_shortest", "rule_longest", "rule_notice", "rule_horizon", "rule_per_day", "one_at_a_time", "rule_party", "in_past",
	"time_in_gap", "rule_real_name",
	"rule_active", "rule_age_unattested", "rule_age_unknown", "rule_automatic", "rule_booking_days", "rule_booking_hours",
	"rule_bookings", "rule_child", "rule_children_per_guardian", "rule_choose", "rule_cooling_off", "rule_late_booking", "rule_letter", "rule_monthly", "rule_monthly_from", "rule_use_hours", "rule_max_age",
	"rule_min_age", "rule_minutes", "rule_organizations", "rule_no_session", "rule_purpose", "rule_residents", "rule_session",
	"rule_spaces", "rule_stop", "rule_suspended", "rule_verified_only", "rule_weekly", "rule_whole_days",
	"session_full", "space_not_joined",
}

// changingCredentials are the refusals of changing what one signs in with.
var changingCredentials = []string{"staff_sign_in_needed", "step_up_needed", "enrolled_already"}

// general are the refusals of every operation that can answer with the status at all.
var general = map[int]string{
	400: "malformed_request", 401: "sign_in_needed", 403: "not_permitted", 404: "not_found", 413: "body_too_large",
	415: "unsupported_media_type", 422: "invalid_input", 500: "internal",
}

// samples are the refusals that the description of the API shows, by code.
var samples = []struct {
	status              int
	code, detail, field string
	params              fault.Params
}{
	{401, "sign_in_needed", "Sign in first.", "", nil},
	{403, "not_permitted", "Your role does not permit this here.", "", nil},
	{403, "for_not_permitted", "You cannot book for this person or organization.", "for", nil},
	{403, "booker_needed", "You may see the bookings of this organization, not make them. Ask one of its owners.", "for", nil},
	{403, "foreign_origin", "This request comes from another site.", "", nil},
	{404, "venue_not_found", "There is no such venue.", "", nil},
	{404, "booking_not_found", "There is no such booking.", "", nil},
	{404, "card_no_booking", "Nothing is booked here today by this identity card. It is known once its real name is bound to the account that booked.", "identity_number", nil},
	{403, "step_up_needed", "Show your second factor again.", "", nil},
	{404, "text_not_found", "There is no such version of the text.", "", nil},
	{409, "address_taken", "Another account has this phone number or e-mail address.", "to", nil},
	{403, "consent_required", "First agree to version 2 of the privacy text: read it at /privacy/text, or GET /privacy/texts/current, then POST /account/consents.", "", fault.Params{"version": 2}},
	{409, "consent_outdated", "There is a newer version of this text; read that one.", "", fault.Params{"version": 2}},
	{409, "last_administrator", "Make somebody else an administrator first.", "", nil},
	{409, "sole_owner", "You are the only owner of 紫阳书画社. Make somebody else an owner, or close it, first.", "", fault.Params{"organization": "01kb3v9e6m8s3c5d7f9h1j2k4m", "name": "紫阳书画社"}},
	{422, "confirmation_needed", "Type the word that confirms it: erase.", "confirm", nil},
	{404, "person_not_found", "There is no such person.", "", nil},
	{422, "not_staff", "Give them a role first.", "", nil},
	{403, "own_roles", "Another administrator gives you roles.", "", nil},
	{404, "grant_not_found", "They do not have this role any more.", "", nil},
	{404, "device_not_found", "There is no such device here.", "", nil},
	{404, "account_not_found", "There is no such account.", "", nil},
	{404, "family_not_found", "There is no such family member.", "", nil},
	{409, "family_known", "This family member is there already.", "name", nil},
	{409, "family_many", "A person books for at most 10 family members.", "", fault.Params{"max": 10}},
	{409, "name_bound", "This is the name of your bound identity; it is changed at a counter.", "name", nil},
	{409, "birth_year_bound", "The year of birth is that of the bound identity number.", "birth_year", nil},
	{409, "identity_bound", "A real name is bound to your account already.", "", nil},
	{409, "identity_taken", "This identity is bound to another account. If that is not yours, show your document at a counter.", "number", nil},
	{409, "still_booked", "There is still a booking ahead; cancel it first.", "", nil},
	{409, "still_checked_in", "Somebody is still checked in; check out first.", "", nil},
	{409, "person_exists", "Somebody has this phone number already.", "phone", fault.Params{"id": "01kb3v9e6m8s3c5d7f9h1j2k4m", "name": "王*明", "last4": "5678", "birth_year": 1948, "kind": "person"}},
	{409, "space_in_use", "Somebody has booked what this would take away; move or cancel those bookings first, or close it for the time after them.", "spaces", fault.Params{"bookings": 2, "first": "2026-11-25T09:00:00+08:00", "space": "seat-12"}},
	{409, "revision_changed", "Someone else saved this meanwhile; load it again and repeat your change.", "", fault.Params{"revision": 7}},
	{409, "venue_exists", "There is a venue with this id already.", "id", nil},
	{409, "idempotency_key_reused", "This Idempotency-Key came with another request before.", "", nil},
	{409, "wrong_venue", "This booking is for another venue.", "", fault.Params{"venue": "library"}},
	{409, "too_early", "Check-in opens at 09:45.", "", fault.Params{"opens": "2026-11-24T09:45:00+08:00"}},
	{409, "already_in", "The party is already in.", "", fault.Params{"at": "2026-11-24T09:58:00+08:00"}},
	{409, "not_checked_in", "Nobody has checked in yet.", "", nil},
	{409, "session_full", "All places of this session are taken.", "start", fault.Params{"left": 0, "mine": 1}},
	{404, "code_unknown", "This code is not in use any more. Ask the staff.", "", nil},
	{404, "space_not_found", "The venue has no such space.", "space", nil},
	{404, "nothing_booked_here", "You have booked nothing here now.", "", nil},
	{404, "walk_in_not_found", "There is no such count of yours today.", "", nil},
	{409, "nothing_free", "All places are taken.", "", fault.Params{"left": 0, "mine": 1}},
	{410, "undo_too_late", "It is too late to take this back.", "", nil},
	{422, "rule_walk_in", "Book a place to come in today.", "start", fault.Params{"days": []string{"tue", "wed"}, "exempt_age": 60}},
	{409, "nobody_here", "Nobody has this place now.", "", nil},
	{409, "on_leave", "The holder is on leave until 10:30.", "", fault.Params{"back_by": "2026-11-24T10:30:00+08:00"}},
	{409, "reported_away", "Say first that you are back.", "", nil},
	{422, "no_check_in", "Nobody needs to check in here.", "", nil},
	{422, "rule_active", "You have 2 of 2 bookings ahead of you.", "start", fault.Params{"max": 2, "mine": 2}},
	{422, "rule_age_unattested", "Give your identity number once more, so that your year of birth is known.", "for", nil},
	{422, "rule_age_unknown", "Give the year of birth of everybody who comes.", "for", fault.Params{"min": 14, "max": 0}},
	{422, "rule_automatic", "The seat is given out here; ask for any seat.", "space", nil},
	{422, "rule_booking_days", "This day is not booked.", "start", nil},
	{422, "rule_booking_hours", "Bookings are taken from 08:00 to 20:00.", "", fault.Params{"allowed_at": "2026-11-25T08:00:00+08:00"}},
	{422, "rule_bookings", "You have 3 of 3 bookings in this period.", "start", fault.Params{"max": 3, "mine": 3, "per": "week", "allowed_at": "2026-11-30T00:00:00+08:00"}},
	{422, "rule_cancels", "You have cancelled 2 of 2 times in this period.", "", fault.Params{"max": 2, "mine": 2, "per": "day", "allowed_at": "2026-11-30T00:00:00+08:00"}},
	{422, "rule_check_in_by", "Check in another way here.", "", fault.Params{"allowed": []string{"pass", "seat_code"}}},
	{422, "rule_children_per_guardian", "An adult may bring no more than 3 of the children under 11; you name 4.", "with", fault.Params{"max": 3, "under": 11, "mine": 4, "adults": 1}},
	{422, "rule_child", "A child under 11 comes with a guardian in the same booking.", "with", fault.Params{"under": 11}},
	{422, "rule_choose", "Choose a seat.", "space", nil},
	{422, "rule_cooling_off", "Leave 60 minutes between two bookings.", "start", fault.Params{"minutes": 60}},
	{422, "rule_leaves_per_day", "You have left 2 of 2 times today.", "", fault.Params{"max": 2, "mine": 2, "allowed_at": "2026-11-25T00:00:00+08:00"}},
	{422, "rule_letter", "Accept the letter first.", "letter", fault.Params{"version": 1}},
	{422, "rule_max_age", "This is for people up to 18.", "for", fault.Params{"max": 18}},
	{422, "rule_min_age", "This is for people from 60 on.", "for", fault.Params{"min": 60}},
	{422, "rule_minutes", "You have booked 600 of 600 minutes in this period.", "start", fault.Params{"max": 600, "mine": 600, "per": "week", "allowed_at": "2026-11-30T00:00:00+08:00"}},
	{422, "rule_moves", "This booking was moved 1 of 1 times.", "", fault.Params{"max": 1, "mine": 1}},
	{422, "rule_no_leave", "There is no temporary leave here; check out when you go.", "", nil},
	{422, "rule_no_moves", "Bookings cannot be moved here; cancel and book again.", "", nil},
	{422, "rule_no_report", "Empty seats are not reported here.", "", nil},
	{422, "rule_organizations", "Only organizations book here.", "for", nil},
	{422, "rule_purpose", "Say what it is for.", "purpose", nil},
	{422, "rule_report_by_staff", "Tell the staff; only they report empty seats here.", "", nil},
	{422, "rule_residents", "Organizations do not book here.", "for", nil},
	{422, "rule_no_session", "There are no sessions on this day; choose another.", "start", fault.Params{"allowed_start": "2026-11-28T13:00:00+08:00"}},
	{422, "rule_session", "Book one of the sessions as a whole.", "start", nil},
	{422, "rule_spaces", "One booking takes no more spaces than 2.", "also", fault.Params{"max": 2, "mine": 3}},
	{422, "rule_stop", "Booking for this day has stopped.", "start", nil},
	{422, "rule_suspended", "You cannot book here until 2026-11-30 00:00.", "", fault.Params{"until": "2026-11-30T00:00:00+08:00", "allowed_at": "2026-11-30T00:00:00+08:00"}},
	{422, "rule_verified_only", "Only organizations whose registration is verified can book here.", "for", nil},
	{422, "rule_weekly", "This week can be booked from Wednesday to Friday of the week before.", "start", fault.Params{"allowed_at": "2026-11-25T00:00:00+08:00"}},
	{422, "rule_whole_days", "Book whole days.", "start", nil},
	{422, "space_not_joined", "Only separate rooms or seats can be booked together.", "also", nil},
	{409, "job_running", "This job is running now; wait until it is done.", "", nil},
	{410, "too_late", "Check-in closed at 10:15.", "", fault.Params{"closed": "2026-11-24T10:15:00+08:00"}},
	{410, "booking_cancelled", "This booking was cancelled.", "", nil},
	{410, "booking_over", "This visit is over.", "", nil},
	{422, "invalid_input", "Some of the input is not valid: body.party: expected number >= 1.", "party", nil},
	{422, "outside_hours", "The venue is not open then.", "start", fault.Params{"open": []any{map[string]any{"start": "08:00", "end": "22:00"}}}},
	{422, "rule_monthly", "That month can be booked from 2026-11-25 09:00 to 2026-11-27 17:00.", "start", fault.Params{"opens": "2026-11-25T09:00:00+08:00", "closes": "2026-11-27T17:00:00+08:00"}},
	{422, "rule_monthly_from", "That month can be booked from 2026-11-25 09:00 on.", "start", fault.Params{"opens": "2026-11-25T09:00:00+08:00", "allowed_at": "2026-11-25T09:00:00+08:00"}},
	{422, "rule_use_hours", "Places here can be used 09:30-16:30 only.", "start", fault.Params{"hours": []map[string]string{{"start": "09:30", "end": "16:30"}}}},
	{422, "closed_day", "The venue is closed on this day.", "start", fault.Params{"reason": "weekly"}},
	{422, "in_closure", "The place is closed from 2026-11-24 08:00 to 2026-11-24 12:00.", "start", fault.Params{"reason": venue.Text{ZH: "检修"}, "from": "2026-11-24T08:00:00+08:00", "to": "2026-11-24T12:00:00+08:00"}},
	{422, "rule_step", "Times here go in steps of 30 minutes.", "start", fault.Params{"minutes": 30}},
	{422, "rule_shortest", "A booking lasts at least 30 minutes.", "end", fault.Params{"minutes": 30}},
	{422, "rule_longest", "A booking lasts at most 240 minutes.", "end", fault.Params{"minutes": 240}},
	{422, "rule_notice", "Book at least 60 minutes ahead.", "start", fault.Params{"minutes": 60, "earliest": "2026-11-24T10:40:00+08:00"}},
	{422, "rule_horizon", "This day can be booked from 2026-11-25 07:00 on.", "start", fault.Params{"days": 0, "last": "2026-11-24", "opens": "2026-11-25T07:00:00+08:00"}},
	{422, "rule_per_day", "You have 2 of 2 bookings here on this day.", "start", fault.Params{"n": 2, "mine": 2}},
	{422, "one_at_a_time", "You have another booking at this time.", "start", fault.Params{"booking": "01kb3v9e6m8s3c5d7f9h1j2k4m"}},
	{422, "rule_party", "A booking here is for 1 to 4 people.", "party", fault.Params{"max": 4}},
	{422, "in_past", "This time is past.", "start", nil},
	{422, "rule_late_booking", "This time has begun; it could be booked until 60 minutes after its start.", "start", fault.Params{"minutes": 60, "until": "2026-11-24T10:00:00+08:00"}},
	{422, "time_in_gap", "Clocks skip that time on this day; the next time is 2026-03-29T03:00.", "start", fault.Params{"next": "2026-03-29T03:00"}},
	{422, "rule_real_name", "Bind your real name to your account first; this venue asks for it.", "for", nil},
	{422, "rule_cancel_before", "This could be changed until 2026-11-24 08:00.", "", fault.Params{"minutes": 60, "until": "2026-11-24T08:00:00+08:00"}},
	{422, "rule_cancel_by", "This could be changed until 2026-11-23 20:00.", "", fault.Params{"until": "2026-11-23T20:00:00+08:00"}},
	{422, "birth_year_unlikely", "A year of birth is between 2008 and 2026.", "birth_year", fault.Params{"from": 2008, "to": 2026}},
	{422, "identity_number", "This is not an identity number. Check its eighteen characters.", "number", nil},
	{422, "pass_invalid", "This is not a pass of ours, or it was changed.", "token", nil},
	{422, "pass_stale", "This is a picture of a pass. Open the booking and show the code that changes.", "", fault.Params{"allowed": []string{"pass", "card"}}},
	{422, "photo_type", "Upload a JPEG, PNG or WebP picture.", "", nil},
	{422, "export_too_large", "This is more than 20000 records; choose fewer days or one venue.", "from", fault.Params{"max": 20000}},
	{422, "range_backwards", "The last day is before the first.", "to", nil},
	{422, "code_wrong", "This code is wrong or no longer good. Check it, or ask for a new one.", "code", nil},
	{422, "link_invalid", "This link was used already or has expired. Ask for a new one.", "link", nil},
	{429, "too_many_identities", "That was tried too often today. Try again tomorrow.", "", fault.Params{"retry_after": 43200}},
	{404, "session_not_found", "There is no such session.", "", nil},
	{404, "passkey_not_found", "There is no such passkey.", "", nil},
	{403, "staff_sign_in_needed", "Sign in as staff: with your password and second factor, or a passkey.", "", nil},
	{409, "enrolled_already", "This account has its password or passkey already. Sign in with it.", "", nil},
	{409, "password_first", "Set a password first.", "", nil},
	{409, "totp_not_started", "Begin with a new secret: this one is no longer good.", "", nil},
	{409, "passkeys_unavailable", "Passkeys need the service at a host name, not at an IP address.", "", nil},
	{409, "passkeys_many", "An account has at most 10 passkeys. Remove one first.", "", fault.Params{"max": 10}},
	{409, "last_credential", "Set up another way of signing in first.", "", nil},
	{409, "second_factor_missing", "This account has no second factor of this kind. Sign out and in again, or set one up.", "", nil},
	{422, "sign_in_wrong", "Login, password or code is wrong.", "password", nil},
	{422, "passkey_refused", "This passkey was not accepted. Try again, or use another way.", "passkey", nil},
	{422, "totp_wrong", "This code is wrong. Check the clock of the device, and type the code that is shown now.", "code", nil},
	{422, "recovery_wrong", "This recovery code is wrong or was used already.", "recovery", nil},
	{422, "password_short", "A password has at least 12 characters; a sentence is good.", "password", fault.Params{"min": 12}},
	{422, "password_long", "A password has at most 128 characters.", "password", fault.Params{"max": 128}},
	{422, "password_common", "This is one of the passwords that are tried first. Choose another.", "password", nil},
	{422, "password_personal", "A password is more than your name, phone number or e-mail address.", "password", nil},
	{429, "too_many_attempts", "Too many attempts failed. Try again in 8 seconds.", "", fault.Params{"retry_after": 8}},
	{429, "too_many_requests", "Too many requests. Wait a moment and try again.", "", fault.Params{"retry_after": 5}},
	{503, "unavailable", "The service cannot answer just now. Try again in a moment.", "", nil},
	{403, "owner_needed", "Only an owner of the organization can do this.", "", nil},
	{403, "own_organization", "You are a member of this organization; somebody else has to decide.", "", nil},
	{404, "organization_not_found", "There is no such organization.", "", nil},
	{404, "document_not_found", "There is no such document.", "", nil},
	{404, "member_not_found", "There is no such member.", "", nil},
	{404, "invitation_not_found", "There is no such invitation.", "", nil},
	{409, "code_taken", "An organization with this credit code is registered already. Ask its owner to invite you, or ask our staff.", "code", nil},
	{409, "already_submitted", "It is waiting for a decision already.", "", nil},
	{409, "renewal_early", "It can be renewed from 60 days before it ends.", "", fault.Params{"from": "2027-09-26"}},
	{409, "not_submitted", "There is no submission to decide on.", "", nil},
	{409, "not_verified", "It is not verified.", "", nil},
	{409, "documents_many", "There are 10 documents already; delete one first.", "", fault.Params{"max": 10}},
	{409, "last_owner", "Make somebody else an owner first.", "", nil},
	{409, "invitations_many", "There are 20 invitations already; revoke one first.", "", fault.Params{"max": 20}},
	{409, "already_member", "You are a member of this organization already.", "", nil},
	{409, "members_many", "An organization has at most 200 members.", "", fault.Params{"max": 200}},
	{409, "organizations_many", "A person acts for at most 50 organizations.", "", fault.Params{"max": 50}},
	{410, "invitation_gone", "This invitation was used, withdrawn or has expired. Ask for a new one.", "", nil},
	{422, "code_check", "This is not a valid credit code; compare it with the certificate.", "code", nil},
	{422, "code_needed", "Organizations of this kind have a credit code; it is on the certificate.", "code", nil},
	{422, "document_needed", "Upload the certificate or another document that shows who you are.", "documents", nil},
	{422, "document_type", "Upload a PDF, a JPEG or a PNG.", "", nil},
	{422, "document_empty", "This file is empty.", "", nil},
	{422, "document_large", "A document has at most 5 MB and 24 million pixels; save it smaller.", "", fault.Params{"max": 5242880}},
	{422, "document_broken", "This file is damaged; save it anew or take another photo.", "", nil},
	{422, "document_active", "This PDF holds a program or another file. Print it to PDF anew, or take a photo of it.", "", nil},
	{422, "reason_needed", "Say why, so that the owners can mend it.", "reason", nil},
	{422, "until_range", "A verification ends between tomorrow and 2029-11-24.", "until", fault.Params{"latest": "2029-11-24"}},
	{404, "strike_not_found", "There is no such strike.", "", nil},
	{404, "suspension_not_found", "There is no such suspension in force.", "", nil},
	{404, "appeal_not_found", "There is no such appeal.", "", nil},
	{404, "photo_not_found", "There is no photo.", "", nil},
	{409, "strike_not_active", "This strike does not count now.", "", fault.Params{"state": "expired"}},
	{409, "appeal_open", "There is an appeal of this strike already; it waits for an answer.", "", nil},
	{409, "appeal_answered", "This appeal was answered already.", "", fault.Params{"state": "granted"}},
	{409, "appeals_many", "You have 20 appeals that wait for an answer; that is as many as anybody can have.", "", fault.Params{"max": 20}},
	{403, "own_standing", "A colleague decides about your own strikes.", "", nil},
	{422, "text_needed", "Say why.", "text", nil},
	{422, "photo_broken", "This photo is damaged; take another one.", "", nil},
	{422, "photo_large", "A photo has at most 5 MB and 24 million pixels; save it smaller.", "", fault.Params{"max": 5242880}},
	{422, "rule_no_earning_back", "Strikes cannot be earned back here.", "", nil},
	{422, "rule_earned_back", "1 of 1 strikes were earned back in this period.", "", fault.Params{"max": 1, "mine": 1, "per": "month", "allowed_at": "2026-12-01T00:00:00+08:00"}},
	{409, "space_taken", "This space is taken then.", "start", nil},
}

// examples show what problems look like, one for each code that the description of the API names.
var examples = makeExamples()

func makeExamples() map[string]*Problem {
	made := map[string]*Problem{}
	for status, code := range general {
		made[code] = newProblem(status, code, plainProblem(status).Detail)
	}
	for _, s := range samples {
		p := newProblem(s.status, s.code, s.detail)
		p.Field, p.Params = s.field, s.params
		if s.field != "" {
			p.Errors = []FieldError{{Location: s.field, Message: s.detail, Code: s.code}}
		}
		made[s.code] = p
	}
	for _, p := range made {
		p.RequestID = "01kb3v9e6m8s3c5d7f9h1j2k4m"
	}
	made["space_taken"].Alternatives = []Alternative{{
		"library", "s12", venue.Text{ZH: "12 号座", EN: "Seat 12"}, "2026-11-25T09:30:00+08:00", "2026-11-25T11:30:00+08:00",
	}}
	return made
}

// showExamples gives each failure of an operation the examples of what it can mean, by reference.
func (r *router) showExamples(op *huma.Operation) {
	codes, _ := op.Metadata[refusals].([]string)
	components := r.api.OpenAPI().Components
	if components.Examples == nil {
		components.Examples = map[string]*huma.Example{}
	}
	for status, response := range op.Responses {
		body := response.Content["application/problem+json"]
		if body == nil {
			continue
		}
		body.Examples = map[string]*huma.Example{}
		number, _ := strconv.Atoi(status) // "default" is 0
		show := func(code string) {
			if p := examples[code]; p != nil && p.Status == number {
				components.Examples[code] = &huma.Example{Summary: p.Title, Value: p}
				body.Examples[code] = &huma.Example{Ref: "#/components/examples/" + code}
			}
		}
		show(general[number])
		for _, code := range codes {
			show(code)
		}
	}
}
