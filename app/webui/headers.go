package webui

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

const pagePolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
	"worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; " +
	"frame-ancestors 'none'; report-uri /api/v1/csp-reports"

// A dedicated worker obeys the policy of its own response, so only the QR decoder may compile WebAssembly.
const workerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; report-uri /api/v1/csp-reports"

const (
	noDevices  = "camera=(), microphone=(), geolocation=(self)"
	withCamera = "camera=(self), microphone=(), geolocation=(self)"
)

// policies bind documents and workers; on other files they are half a kilobyte of waste per request.
var policies = []string{"Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy", "X-Frame-Options"}

// Headers is middleware that sets the security headers of every response.
func Headers(c *fiber.Ctx) error {
	SetHeaders(c)
	return c.Next()
}

// SetHeaders sets them on an answer that no middleware saw: to what could not be read as a request.
func SetHeaders(c *fiber.Ctx) {
	c.Set("Content-Security-Policy", pagePolicy)
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("X-Frame-Options", "DENY") // for browsers that do not know frame-ancestors
	c.Set("Referrer-Policy", "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("Permissions-Policy", noDevices)
}

// Camera is middleware for the pages that may ask for the camera.
func Camera(c *fiber.Ctx) error {
	c.Set("Permissions-Policy", withCamera)
	return c.Next()
}

func assetHeaders(c *fiber.Ctx, name string) {
	for _, h := range policies {
		c.Response().Header.Del(h)
	}
	if strings.HasSuffix(name, ".worker.js") {
		c.Set("Content-Security-Policy", workerPolicy)
	}
}
