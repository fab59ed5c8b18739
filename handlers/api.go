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
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/credential"
	"wenguan/models/organization"
	"wenguan/models/pass"
	"wenguan/models/privacy"
	"wenguan/models/provider"
	"wenguan/models/report"
	"wenguan/models/venue"
)

// API is what the handlers work with.
type API struct {
	Venues      *venue.Catalog
	Accounts    *account.Directory
	Credentials *credential.Vault
	Provider    *provider.Client // nil: none
	Desk        *booking.Desk
	Passes      *pass.Office
	Bureau      *report.Bureau
	Audit       *audit.Log
	Jobs        Jobs

	Organizations *organization.Register
	Privacy       *privacy.Office
	Origin        func() string // of the service, for links that are passed on

	Clock   func() time.Time
	Zone    *time.Location // of the district
	Log     *slog.Logger
	Version string
	Limits  Limits

	encoded    encodings[booking.AvailabilityQuery]
	summed     encodings[string] // by tag
	violations atomic.Int64
}

// routes is every operation of the API: method, address, who may use it, and what answers. account.permits says which
// roles an action is for; operations.go says the rest in words.
func (a *API) routes(r *router) {
	route(r, "GET", "/venues", account.ViewPublic, a.listVenues)
	route(r, "POST", "/venues", account.CreateVenue, a.createVenue)
	route(r, "GET", "/venues/{venue}", account.ViewPublic, a.getVenue)
	route(r, "PUT", "/venues/{venue}", account.EditVenue, a.updateVenue)
	route(r, "POST", "/venues/{venue}/photos", account.EditVenue, a.addPhoto)
	route(r, "DELETE", "/venues/{venue}/photos/{photo}", account.EditVenue, a.removePhoto)
	route(r, "GET", "/photos/{photo}", account.ViewPublic, a.getPhoto)
	route(r, "GET", "/venues/{venue}/availability", account.ViewPublic, a.availability)
	route(r, "GET", "/free", account.ViewPublic, a.free)
	route(r, "GET", "/rule-templates", account.ViewPublic, a.listRuleTemplates)
	route(r, "GET", "/venues/{venue}/rule-versions", account.EditVenue, a.listRuleVersions)
	route(r, "POST", "/venues/{venue}/rule-checks", account.EditVenue, a.checkRules)
	route(r, "POST", "/venues/{venue}/rule-replays", account.EditVenue, a.replayRules)
	route(r, "GET", "/holidays", account.ViewPublic, a.getHolidays)
	route(r, "PUT", "/holidays", account.EditCalendar, a.putHolidays)

	route(r, "POST", "/bookings", account.BookForSelf, a.reserve)
	route(r, "GET", "/bookings", account.BookForSelf, a.listBookings)
	route(r, "GET", "/bookings/{booking}", account.BookForSelf, a.getBooking)
	route(r, "POST", "/bookings/{booking}/moves", account.BookForSelf, a.moveBooking)
	route(r, "POST", "/bookings/{booking}/cancellation", account.BookForSelf, a.cancelBooking)
	route(r, "POST", "/bookings/{booking}/check-in", account.BookForSelf, a.arrive)
	route(r, "POST", "/bookings/{booking}/leave", account.BookForSelf, a.stepOut)
	route(r, "POST", "/bookings/{booking}/return", account.BookForSelf, a.returned)
	route(r, "POST", "/bookings/{booking}/report", account.BookForSelf, a.reportAway)
	route(r, "POST", "/bookings/{booking}/release", account.CheckIn, a.releasePlace)
	route(r, "POST", "/bookings/{booking}/check-out", account.BookForSelf, a.checkOut)
	route(r, "GET", "/bookings/{booking}/pass", account.BookForSelf, a.getPass)
	route(r, "GET", "/bookings/{booking}/pass.png", account.BookForSelf, a.passPNG)
	route(r, "GET", "/bookings/{booking}/pass.svg", account.BookForSelf, a.passSVG)
	route(r, "POST", "/check-ins", account.CheckIn, a.checkIn)
	route(r, "POST", "/attendance", account.CheckIn, a.attend)
	route(r, "POST", "/venues/{venue}/card-attendance", account.CheckIn, a.attendByCard)
	route(r, "POST", "/venues/{venue}/walk-ins", account.CheckIn, a.walkIn)
	route(r, "DELETE", "/venues/{venue}/walk-ins/{walk_in}", account.CheckIn, a.undoWalkIn)
	route(r, "GET", "/venues/{venue}/board", account.ViewBoard, a.board)

	route(r, "GET", "/codes/{code}", account.ViewPublic, a.getCode)
	route(r, "GET", "/codes/{code}/picture.svg", account.ViewPublic, a.codePicture)
	route(r, "POST", "/codes/{code}/bookings", account.BookForSelf, a.bookHere)
	route(r, "POST", "/codes/{code}/check-in", account.BookForSelf, a.atSpot(booking.SpotCheckIn))
	route(r, "POST", "/codes/{code}/leave", account.BookForSelf, a.atSpot(booking.SpotLeave))
	route(r, "POST", "/codes/{code}/return", account.BookForSelf, a.atSpot(booking.SpotReturn))
	route(r, "POST", "/codes/{code}/check-out", account.BookForSelf, a.atSpot(booking.SpotCheckOut))
	route(r, "POST", "/codes/{code}/report", account.BookForSelf, a.reportAtCode)
	route(r, "GET", "/venues/{venue}/codes", account.EditVenue, a.listSeatCodes)
	route(r, "POST", "/venues/{venue}/codes", account.EditVenue, a.makeSeatCodes)

	route(r, "GET", "/account/standing", account.BookForSelf, a.ownStanding)
	route(r, "GET", "/account/appeals", account.BookForSelf, a.ownAppeals)
	route(r, "POST", "/account/appeals", account.BookForSelf, a.appeal)
	route(r, "PUT", "/account/appeals/{appeal}/photo", account.BookForSelf, a.putAppealPhoto)
	route(r, "GET", "/appeals/{appeal}/photo", account.BookForSelf, a.getAppealPhoto)
	route(r, "POST", "/appeals/{appeal}/answer", account.EditVenue, a.answerAppeal)
	route(r, "GET", "/venues/{venue}/appeals", account.EditVenue, a.appealsAt)
	route(r, "GET", "/venues/{venue}/strikes", account.BookForOthers, a.standingAt)
	route(r, "POST", "/venues/{venue}/strikes", account.EditVenue, a.writeDown)
	route(r, "POST", "/strikes/{violation}/pardon", account.EditVenue, a.pardon)
	route(r, "POST", "/suspensions/lift", account.EditVenue, a.lift)

	route(r, "GET", "/people", account.FindPeople, a.findPeople)
	route(r, "POST", "/people", account.FindPeople, a.makePerson)
	route(r, "GET", "/people/{person}", account.FindPeople, a.getPerson)
	route(r, "PATCH", "/people/{person}", account.FindPeople, a.updatePerson)
	route(r, "GET", "/people/{person}/export.{format}", account.ExportPerson, a.exportPerson)
	route(r, "POST", "/people/{person}/erasure", account.ErasePerson, a.erasePerson)
	route(r, "DELETE", "/people/{person}/identity", account.FindPeople, a.unbindIdentity)

	route(r, "GET", "/organizations", account.BookForSelf, a.listOrganizations)
	route(r, "POST", "/organizations", account.BookForSelf, a.foundOrganization)
	route(r, "GET", "/organizations/registrations", account.VerifyOrganizations, a.listRegistrations)
	route(r, "GET", "/organizations/{organization}", account.BookForSelf, a.getOrganization)
	route(r, "PUT", "/organizations/{organization}", account.BookForSelf, a.saveOrganization)
	route(r, "DELETE", "/organizations/{organization}", account.BookForSelf, a.closeOrganization)
	route(r, "POST", "/organizations/{organization}/submission", account.BookForSelf, a.submitOrganization)
	route(r, "POST", "/organizations/{organization}/verification", account.VerifyOrganizations, a.verifyOrganization)
	route(r, "POST", "/organizations/{organization}/documents", account.BookForSelf, a.addDocument)
	route(r, "GET", "/organizations/{organization}/documents/{document}", account.BookForSelf, a.getDocument)
	route(r, "DELETE", "/organizations/{organization}/documents/{document}", account.BookForSelf, a.removeDocument)
	route(r, "GET", "/organizations/{organization}/members", account.BookForSelf, a.listMembers)
	route(r, "PUT", "/organizations/{organization}/members/{account}", account.BookForSelf, a.setMember)
	route(r, "DELETE", "/organizations/{organization}/members/{account}", account.BookForSelf, a.removeMember)
	route(r, "GET", "/organizations/{organization}/invitations", account.BookForSelf, a.listInvitations)
	route(r, "POST", "/organizations/{organization}/invitations", account.BookForSelf, a.invite)
	route(r, "DELETE", "/organizations/{organization}/invitations/{invitation}", account.BookForSelf, a.revokeInvitation)
	route(r, "POST", "/invitations/preview", account.BookForSelf, a.lookAtInvitation)
	route(r, "POST", "/invitations/accept", account.BookForSelf, a.acceptInvitation)

	route(r, "GET", "/roles", account.ManageAccounts, a.listRoles)
	route(r, "GET", "/staff", account.ManageAccounts, a.listStaff)
	route(r, "POST", "/accounts", account.ManageRoles, a.makeStaff)
	route(r, "GET", "/accounts/{account}/grants", account.ManageAccounts, a.listGrants)
	route(r, "POST", "/accounts/{account}/grants", account.ManageRoles, a.giveRole)
	route(r, "DELETE", "/accounts/{account}/grants/{grant}", account.ManageRoles, a.takeRole)
	route(r, "POST", "/accounts/{account}/enrolment-links", account.ManageRoles, a.makeEnrolmentLink)
	route(r, "GET", "/venues/{venue}/devices", account.ManageDevices, a.listDevices)
	route(r, "POST", "/venues/{venue}/devices", account.ManageDevices, a.makeDevice)
	route(r, "DELETE", "/venues/{venue}/devices/{device}", account.ManageDevices, a.revokeDevice)

	route(r, "GET", "/summaries", account.ViewSummary, a.getSummary)
	route(r, "GET", "/summaries.csv", account.ViewSummary, a.getSummaryCSV)
	route(r, "GET", "/summaries/written", account.ViewSummary, a.listWritten)

	route(r, "POST", "/sign-in-codes", account.ViewPublic, a.sendCode)
	route(r, "POST", "/sessions", account.ViewPublic, a.signIn)
	route(r, "GET", "/session", account.ViewPublic, a.getSession)
	route(r, "DELETE", "/session", account.ViewPublic, a.signOut)
	route(r, "GET", "/provider/start", account.ViewPublic, a.startAtProvider)
	route(r, "GET", "/provider/callback", account.ViewPublic, a.callback)
	route(r, "GET", "/provider/sign-out", account.ViewPublic, a.signOutAtProvider)
	route(r, "GET", "/session/ways", account.ViewPublic, a.ways)
	route(r, "POST", "/session/passkey-challenges", account.ViewPublic, a.passkeyChallenge)
	route(r, "POST", "/session/proofs", account.BookForSelf, a.stepUp)
	route(r, "PATCH", "/account", account.BookForSelf, a.updateAccount)
	route(r, "GET", "/account/sessions", account.BookForSelf, a.listOwnSessions)
	route(r, "DELETE", "/account/sessions", account.BookForSelf, a.endOtherSessions)
	route(r, "DELETE", "/account/sessions/{session}", account.BookForSelf, a.endSession)
	route(r, "GET", "/account/credentials", account.BookForSelf, a.getCredentials)
	route(r, "PUT", "/account/password", account.BookForSelf, a.setPassword)
	route(r, "POST", "/account/totp", account.BookForSelf, a.startApp)
	route(r, "POST", "/account/totp/confirmation", account.BookForSelf, a.confirmApp)
	route(r, "POST", "/account/passkeys/options", account.BookForSelf, a.startPasskey)
	route(r, "POST", "/account/passkeys", account.BookForSelf, a.addPasskey)
	route(r, "DELETE", "/account/passkeys/{passkey}", account.BookForSelf, a.removePasskey)
	route(r, "POST", "/account/recovery-codes", account.BookForSelf, a.renewRecovery)
	route(r, "POST", "/accounts/{account}/credential-resets", account.ManageRoles, a.resetCredentials)
	route(r, "POST", "/account/addresses", account.BookForSelf, a.changeAddress)
	route(r, "POST", "/account/consents", account.BookForSelf, a.consent)
	route(r, "GET", "/account/consent", account.BookForSelf, a.getConsent)
	route(r, "GET", "/account/looks", account.BookForSelf, a.listLooks)
	route(r, "GET", "/account/export.{format}", account.BookForSelf, a.exportAccount)
	route(r, "POST", "/account/erasure", account.BookForSelf, a.eraseAccount)

	route(r, "GET", "/privacy/texts", account.EditConsent, a.listTexts)
	route(r, "POST", "/privacy/texts", account.EditConsent, a.writeText)
	route(r, "GET", "/privacy/texts/current", account.ViewPublic, a.currentText)
	route(r, "GET", "/privacy/texts/{version}", account.ViewPublic, a.getText)
	route(r, "GET", "/account", account.BookForSelf, a.getAccount)
	route(r, "GET", "/account/family", account.BookForSelf, a.listFamily)
	route(r, "POST", "/account/family", account.BookForSelf, a.addFamily)
	route(r, "PATCH", "/account/family/{person}", account.BookForSelf, a.updateFamily)
	route(r, "DELETE", "/account/family/{person}", account.BookForSelf, a.removeFamily)
	route(r, "GET", "/account/identity", account.BookForSelf, a.getIdentity)
	route(r, "POST", "/account/identity", account.BookForSelf, a.bindIdentity)

	route(r, "GET", "/audit", account.ViewAudit, a.listAudit)
	route(r, "GET", "/audit.{format}", account.ViewAudit, a.exportAudit)

	route(r, "GET", "/jobs", account.RunJobs, a.listJobs)
	route(r, "POST", "/jobs/{job}/runs", account.RunJobs, a.runJob)
	route(r, "GET", "/health", account.ViewPublic, a.health)
	route(r, "GET", "/.well-known/jwks.json", account.ViewPublic, a.passKeys)
	route(r, "POST", "/csp-reports", account.ViewPublic, a.violation)
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
	config.Formats = strictFormats()
	config.CreateHooks = nil // would add $schema to every body
	config.DocsPath = ""     // its page loads from a CDN
	config.SchemasPath = ""
	config.OpenAPIPath = Prefix + "/openapi"
	describe(config.OpenAPI)
	api := humafiber.New(server, config)
	a.routes(&router{api, a.Limits, a.Privacy.Consented})
	return api.OpenAPI()
}
