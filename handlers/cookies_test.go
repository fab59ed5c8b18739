package handlers

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
)

// The adapter joins the values of a header with commas, which makes one broken cookie of two.
func TestAnAnswerCanSetSeveralCookies(t *testing.T) {
	t.Parallel()
	server := fiber.New()
	api := humafiber.New(server, huma.DefaultConfig("", ""))
	type output struct {
		SetCookie []http.Cookie `header:"Set-Cookie"`
	}
	huma.Register(api, huma.Operation{Method: "GET", Path: "/", Middlewares: huma.Middlewares{severalCookies}},
		func(context.Context, *struct{}) (*output, error) {
			return &output{[]http.Cookie{
				{Name: "a", Value: "1", Path: "/", SameSite: http.SameSiteLaxMode},
				{Name: "b", Value: "2", Path: "/", HttpOnly: true},
			}}, nil
		})
	answer, err := server.Test(httptest.NewRequest(http.MethodGet, "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	got := answer.Cookies()
	if len(got) != 2 || got[0].Raw != "a=1; Path=/; SameSite=Lax" || got[1].Raw != "b=2; Path=/; HttpOnly" {
		t.Errorf("the cookies are %v", got)
	}
}
