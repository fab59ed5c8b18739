// Package handlers is the HTTP API: it turns requests into values, calls one verb of a model and turns the result into a
// view. It decides nothing that a model decides, and knows nothing of jobs.
package handlers

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"wenguan/models/account"
	"wenguan/models/booking"
	"wenguan/models/pass"
	"wenguan/models/report"
	"wenguan/models/venue"
)

// API is what the handlers work with.
type API struct {
	Venues   *venue.Catalog
	Accounts *account.Directory
	Desk     *booking.Desk
	Passes   *pass.Office
	Bureau   *report.Bureau
	Jobs     Jobs
	Clock    func() time.Time
	Log      *slog.Logger
	Version  string
	Limits   Limits

	encoded    encodings
	violations atomic.Int64
}

// routes is every operation of the API: method, address, who may use it, what it is, what answers.
// account.permits says which roles an action is for.
func (a *API) routes(r *router) {
	route(r, "GET", "/venues", account.ViewPublic, "Venues · listVenues · List the venues of the district", a.listVenues)
	route(r, "POST", "/venues", account.CreateVenue, "Venues · createVenue · Make a venue", a.createVenue, answers(201), takes(venueBody), refuses("venue_exists"))
	route(r, "GET", "/venues/{venue}", account.ViewPublic, "Venues · getVenue · One venue with its spaces, hours and rules", a.getVenue)
	route(r, "PUT", "/venues/{venue}", account.EditVenue, "Venues · updateVenue · Change a venue", a.updateVenue, takes(venueBody), refuses("revision_changed"))
	route(r, "POST", "/venues/{venue}/photos", account.EditVenue, "Venues · addPhoto · Add a photo (JPEG, PNG or WebP, at most 1 MB)", a.addPhoto, answers(201), takes(photoBody), refuses("photo_type"))
	route(r, "DELETE", "/venues/{venue}/photos/{photo}", account.EditVenue, "Venues · removePhoto · Remove a photo", a.removePhoto)
	route(r, "GET", "/photos/{photo}", account.ViewPublic, "Venues · getPhoto · A photo", a.getPhoto, sends("image/*", binary))
	route(r, "GET", "/venues/{venue}/availability", account.ViewPublic, "Venues · getAvailability · What is left, slot by slot, for up to 14 days", a.availability, sendsTagged[booking.Availability])
	route(r, "GET", "/free", account.ViewPublic, "Venues · findFree · What is free at a time, in all of the district", a.free, sendsTagged[FreeView])
	route(r, "GET", "/holidays", account.ViewPublic, "Venues · getHolidays · The public holiday calendar", a.getHolidays)
	route(r, "PUT", "/holidays", account.EditCalendar, "Venues · updateHolidays · Replace the public holiday calendar", a.putHolidays, takes(venueBody), refuses("revision_changed"))

	route(r, "POST", "/bookings", account.BookForSelf, "Bookings · reserve · Book a space", a.reserve, answers(201), refuses(reserving...))
	route(r, "GET", "/bookings", account.BookForSelf, "Bookings · listBookings · One's own bookings", a.listBookings)
	route(r, "GET", "/bookings/{booking}", account.BookForSelf, "Bookings · getBooking · One booking", a.getBooking)
	route(r, "POST", "/bookings/{booking}/moves", account.BookForSelf, "Bookings · moveBooking · Give a booking another time or space", a.moveBooking, answers(200), refuses(append(reserving, "rule_cancel_before", "too_late", "booking_cancelled", "already_in")...))
	route(r, "POST", "/bookings/{booking}/cancellation", account.BookForSelf, "Bookings · cancelBooking · Give a booking up", a.cancelBooking, answers(200), refuses("rule_cancel_before", "too_late", "booking_over", "already_in"))
	route(r, "POST", "/bookings/{booking}/check-out", account.BookForSelf, "Attendance · checkOut · Leave early and give the rest of the time back", a.checkOut, answers(200), refuses("not_checked_in", "booking_cancelled", "booking_over"))
	route(r, "GET", "/bookings/{booking}/pass", account.BookForSelf, "Attendance · getPass · The pass of a booking", a.getPass, refuses("booking_cancelled", "too_late"))
	route(r, "GET", "/bookings/{booking}/pass.png", account.BookForSelf, "Attendance · getPassPNG · The pass as a QR code, PNG", a.passPNG, sends("image/png", binary), refuses("booking_cancelled", "too_late"))
	route(r, "GET", "/bookings/{booking}/pass.svg", account.BookForSelf, "Attendance · getPassSVG · The pass as a QR code, SVG", a.passSVG, sends("image/svg+xml", text), refuses("booking_cancelled", "too_late"))
	route(r, "POST", "/check-ins", account.CheckIn, "Attendance · checkIn · Let a party in, by pass or number", a.checkIn, answers(200), refuses("pass_invalid", "booking_not_found", "wrong_venue", "too_early", "too_late", "booking_cancelled", "already_in"))
	route(r, "GET", "/venues/{venue}/board", account.ViewBoard, "Attendance · getBoard · A day of a venue for its staff", a.board)

	route(r, "GET", "/summaries", account.ViewSummary, "Summaries · getSummary · How well venues were used", a.getSummary, refuses("venue_not_found", "range_backwards"))
	route(r, "GET", "/summaries.csv", account.ViewSummary, "Summaries · getSummaryTable · The same as a table", a.getSummaryCSV, sends("text/csv", text), refuses("venue_not_found", "range_backwards"))

	route(r, "POST", "/sign-in-codes", account.ViewPublic, "Sessions · sendSignInCode · Send a sign-in code to a phone or an e-mail address", a.sendCode, answers(202), refuses("too_many_requests"))
	route(r, "POST", "/sessions", account.ViewPublic, "Sessions · signIn · Sign in with a code or a link", a.signIn, answers(201), refuses("code_wrong", "link_invalid", "too_many_requests"))
	route(r, "GET", "/session", account.ViewPublic, "Sessions · getSession · Who is signed in and what they may do", a.getSession)
	route(r, "DELETE", "/session", account.ViewPublic, "Sessions · signOut · Sign out", a.signOut)
	route(r, "PATCH", "/account", account.BookForSelf, "Sessions · updateAccount · Change one's own name, group or language", a.updateAccount)

	route(r, "GET", "/jobs", account.RunJobs, "Service · listJobs · What the service does by itself, and how it went", a.listJobs)
	route(r, "POST", "/jobs/{job}/runs", account.RunJobs, "Service · runJob · Run a job now", a.runJob, refuses("job_running"))
	route(r, "GET", "/health", account.ViewPublic, "Service · getHealth · Whether the service can answer", a.health, refuses("unavailable"))
	route(r, "GET", "/.well-known/jwks.json", account.ViewPublic, "Service · getPassKeys · Public keys of the passes (RFC 7517)", a.passKeys, sends("application/jwk-set+json", anyObject))
	route(r, "POST", "/csp-reports", account.ViewPublic, "Service · reportViolation · Take a browser's report about the content security policy", a.violation, refuses("too_many_requests"))
}

var tameHuma sync.Once

// Mount registers the API on the server and returns its description.
func (a *API) Mount(server *fiber.App) *huma.OpenAPI {
	tameHuma.Do(func() { // globals of huma; its own errors repeat rejected values, passwords too
		huma.DefaultArrayNullable = false
		huma.ValidateStrictCasing = true
		huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
			return inputProblem(context.Background(), status, errs)
		}
		huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
			return inputProblem(ctx.Context(), status, errs)
		}
	})
	config := huma.DefaultConfig("Wenguan", a.Version)
	config.CreateHooks = nil // would add $schema to every body
	config.DocsPath = ""     // its page loads from a CDN
	config.SchemasPath = ""
	config.OpenAPIPath = Prefix + "/openapi"
	describe(config.OpenAPI)
	api := humafiber.New(server, config)
	a.routes(&router{api: api})
	return api.OpenAPI()
}
