package app

import (
	"context"

	"wenguan/jobs"
	"wenguan/models/civil"
	"wenguan/models/limit"
	"wenguan/models/notice"
	"wenguan/models/report"
)

func (c *Config) senders() (notice.Senders, error) {
	var out notice.Senders
	if c.SMTP != "" {
		mail, err := notice.NewSMTP(c.SMTP, c.SMTPFrom)
		if err != nil {
			return out, err
		}
		out.Mail = mail
	}
	if c.SMS != "" {
		sms, err := notice.NewGateway(notice.GatewayOptions{
			URL: c.SMS, Secret: c.SMSSecret, Body: c.SMSBody, ContentType: c.SMSType, Success: c.SMSSuccess,
		})
		if err != nil {
			return out, err
		}
		out.SMS = sms
	}
	return out, nil
}

// verbs are what the jobs call.
func (a *App) verbs() jobs.Verbs {
	return jobs.Verbs{
		Zone:          a.zone,
		Sweep:         func(ctx context.Context) error { _, _, err := a.Desk.Sweep(ctx); return err },
		Unmet:         counted(a.Desk.WriteUnmet),
		Organizations: counted(a.Organizations.Sweep),
		Deliver:       func(ctx context.Context) error { _, err := a.Notices.Deliver(ctx); return err },
		Delivered:     a.Notices.Woken(),
		Nightly:       a.Bureau.Nightly,
		Range:         a.Bureau.Range,
		Weekly:        func(ctx context.Context, of civil.Date) error { return a.Bureau.WriteSummaries(ctx, report.Week, of) },
		Monthly:       func(ctx context.Context, of civil.Date) error { return a.Bureau.WriteSummaries(ctx, report.Month, of) },
		Retain:        a.Privacy.Retain,
		Roles:         a.Accounts.LapseGrants,
		Tidy: []func(context.Context) error{
			counted(a.Accounts.Tidy), counted(a.Credentials.Tidy), counted(a.Notices.Tidy), counted(a.Passes.Tidy), counted(a.Provider.Tidy),
			counted(func(ctx context.Context) (int, error) { return limit.Tidy(ctx, a.Store, a.Clock()) }),
		},
	}
}

func counted(tidy func(context.Context) (int, error)) func(context.Context) error {
	return func(ctx context.Context) error { _, err := tidy(ctx); return err }
}
