package webui

import "github.com/gofiber/fiber/v2"

// pages says which entry document answers which address; the client's own router does the rest.
var pages = []struct{ path, shell string }{
	{"/", "index.html"},
	{"/venues/:id", "index.html"},
	{"/bookings", "index.html"},
	{"/bookings/:id", "index.html"},
	{"/organizations", "index.html"},
	{"/organizations/:id", "index.html"},
	{"/join", "index.html"},
	{"/at/:code", "index.html"},
	{"/sign-in", "index.html"},
	{"/account", "index.html"},
	{"/standing", "index.html"},
	{"/privacy", "index.html"},
	{"/privacy/text", "index.html"},
	{"/manage", "manage.html"},
	{"/manage/sign-in", "manage.html"},
	{"/manage/security", "manage.html"},
	{"/manage/privacy", "manage.html"},
	{"/manage/board", "manage.html"},
	{"/manage/counter", "manage.html"},
	{"/manage/venues", "manage.html"},
	{"/manage/venues/:id", "manage.html"},
	{"/manage/venues/:id/codes", "manage.html"},
	{"/manage/standing", "manage.html"},
	{"/manage/organizations", "manage.html"},
	{"/manage/organizations/:id", "manage.html"},
	{"/manage/holidays", "manage.html"},
	{"/manage/summary", "manage.html"},
	{"/manage/people", "manage.html"},
	{"/manage/devices", "manage.html"},
	{"/manage/audit", "manage.html"},
	{"/scan", "scan.html"},
	{"/kiosk", "scan.html"},
	{"/display", "scan.html"},
	{"/sw.js", "sw.js"},
	{"/app.webmanifest", "app.webmanifest"},
}

// Mount registers the assets and pages.
func (s *Site) Mount(r fiber.Router) {
	r.Get("/static/:hash/*", s.Asset)
	for _, p := range pages {
		if p.path == "/scan" || p.path == "/kiosk" {
			r.Get(p.path, Camera, s.Shell(p.shell))
			continue
		}
		r.Get(p.path, s.Shell(p.shell))
	}
}
