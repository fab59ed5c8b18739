// Package app puts the product together: configuration, the server with its middleware, the commands. It holds no rule of
// its own.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"wenguan/app/webui"
	"wenguan/handlers"
	"wenguan/jobs"
	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/booking"
	"wenguan/models/credential"
	"wenguan/models/keyring"
	"wenguan/models/ledger"
	"wenguan/models/limit"
	"wenguan/models/notice"
	"wenguan/models/organization"
	"wenguan/models/pass"
	"wenguan/models/privacy"
	"wenguan/models/provider"
	"wenguan/models/report"
	"wenguan/models/store"
	"wenguan/models/venue"
	"wenguan/static"
)

// Collections are everything the product keeps.
func Collections() []store.Collection {
	return slices.Concat(keyring.Collections(), audit.Collections(), venue.Collections(), account.Collections(), credential.Collections(), organization.Collections(), provider.Collections(), limit.Collections(), privacy.Collections(), notice.Collections(), pass.Collections(),
		ledger.Collections(), booking.Collections(), report.Collections(), jobs.Collections(),
		[]store.Collection{{Name: markers}})
}

// Options are what tests and the demo set and a deployment cannot.
type Options struct {
	Clock   func() time.Time // nil: the system's clock
	Store   store.Store      // nil: opened by the configuration; else App.Close closes it
	Log     *slog.Logger     // nil: none
	Senders notice.Senders   // instead of the configuration's, if any is set
	Routes  func(*fiber.App) // more routes, behind the same middleware

	Together bool // counts attempts in the store even where no other instance can be
}

// App is the whole product on one store.
type App struct {
	Store       store.Store
	Venues      *venue.Catalog
	Accounts    *account.Directory
	Provider    *provider.Client // nil: nobody signs in elsewhere
	Notices     *notice.Outbox
	Passes      *pass.Office
	Desk        *booking.Desk
	Bureau      *report.Bureau
	Audit       *audit.Log
	Credentials *credential.Vault
	Jobs        *jobs.Runner

	Organizations *organization.Register
	Privacy       *privacy.Office

	API     *handlers.API
	OpenAPI *huma.OpenAPI
	Site    *webui.Site
	Server  *fiber.App
	Clock   func() time.Time

	counts handlers.Limits
	config Config
	zone   *time.Location // of the district
	log    *slog.Logger
}

// New opens the store and puts the product together on it. Nothing runs yet.
func New(ctx context.Context, config Config, options Options) (*App, error) {
	a := &App{config: config, log: options.Log, Clock: options.Clock, Store: options.Store}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.Clock == nil {
		a.Clock = time.Now
	}
	if a.Store == nil {
		var err error
		if a.Store, err = openStore(ctx, config.storeURL()); err != nil {
			return nil, err
		}
	}
	if err := a.assemble(ctx, options); err != nil {
		return nil, errors.Join(err, a.Store.Close())
	}
	return a, nil
}

func (a *App) assemble(ctx context.Context, options Options) error {
	var err error
	if a.zone, err = time.LoadLocation(a.config.Zone); err != nil {
		return fmt.Errorf("time zone of the district: %w", err)
	}
	senders := options.Senders
	if senders.SMS == nil && senders.Mail == nil {
		if senders, err = a.config.senders(); err != nil {
			return err
		}
	}
	a.Audit = audit.New(a.Store)
	a.Notices = notice.New(a.Store, senders, a.log, a.Clock)
	a.Venues = venue.New(a.Store, a.Clock)
	a.Accounts = account.New(a.Store, a.Notices, a.Clock)
	keys, err := a.config.openKeys(ctx, a.Store)
	if err != nil {
		return err
	}
	warnOfOpenKeys(a.log, a.config.keyFile())
	a.Accounts.SetKey(keys[hashing])
	a.Accounts.SetDistrict(a.Venues, a.zone)
	a.Accounts.LimitCodes(a.config.CodesPerHour, a.codesExhausted())
	a.Accounts.SetStaffIdle(a.config.StaffSession)
	a.Credentials = credential.New(a.Store, a.Accounts, a.Notices, a.origin, a.Clock)
	a.Credentials.SetKey(keys[sealing])
	a.Passes = pass.New(a.Store, a.Clock, a.config.origin())
	if a.Provider, err = provider.New(a.config.provider(), a.Store, a.Accounts, a.Clock, a.log); err != nil {
		return err
	}
	deps := booking.Deps{Venues: a.Venues, Accounts: a.Accounts, Passes: a.Passes, Notices: a.Notices}
	a.Desk = booking.New(a.Store, deps, a.Clock)
	a.Bureau = report.New(a.Store, a.Venues, a.Desk, a.Clock)
	organizing := organization.Deps{Accounts: a.Accounts, Notices: a.Notices, Zone: a.zone}
	a.Organizations = organization.New(a.Store, organizing, a.Clock)
	a.Privacy = privacy.New(a.Store, a.keepers(), a.Clock)
	a.Jobs = jobs.New(a.Store, jobs.Table(a.verbs()), a.Clock, a.log)
	if err := a.Passes.EnsureKeys(ctx); err != nil {
		return fmt.Errorf("keys of the passes: %w", err)
	}
	if a.Site, err = webui.New(static.Files); err != nil {
		return err
	}
	a.counts = a.limits(options.Together || severalInstances(a.Store))
	return a.serveOn(options.Routes)
}

// Close closes the store. Call it after Run has returned.
func (a *App) Close() error { return a.Store.Close() }
