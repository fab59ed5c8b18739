package handlers

import (
	"context"
	"strings"

	"wenguan/models/account"
)

// OwnSession is one place where somebody is signed in.
type OwnSession struct {
	ID     string        `json:"id" doc:"Names the session to its owner; it is no token."`
	Device string        `json:"device,omitempty" doc:"Browser and system, as far as it said; no address is kept." example:"Chrome, Android"`
	Means  account.Means `json:"means" enum:"code,link,password,passkey,provider,provider_weak,command,token"`
	Made   string        `json:"made" format:"date-time"`
	Used   string        `json:"used" format:"date-time" doc:"To the day, or to the hour for staff."`
	Here   bool          `json:"here" doc:"The session that asks."`
}

type ownSessionsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []OwnSession `json:"items"`
	}
}

func (a *API) listOwnSessions(ctx context.Context, _ *struct{}) (*ownSessionsOutput, error) {
	own, err := a.Accounts.Sessions(ctx, ActorOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &ownSessionsOutput{CacheControl: "no-store"}
	out.Body.Items = []OwnSession{}
	for _, s := range own {
		out.Body.Items = append(out.Body.Items, OwnSession{s.ID, s.Device, s.Means, local(s.Made, a.Zone), local(s.Used, a.Zone), s.Here})
	}
	return out, nil
}

type endSessionInput struct {
	Session string `path:"session" maxLength:"64"`
}

func (a *API) endSession(ctx context.Context, in *endSessionInput) (*struct{}, error) {
	return nil, a.Accounts.EndSession(ctx, ActorOf(ctx), in.Session)
}

func (a *API) endOtherSessions(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, a.Accounts.EndOtherSessions(ctx, ActorOf(ctx))
}

// Names in a User-Agent header, the more special first: a browser names those it descends from too.
var (
	browsers = [][2]string{
		{"MicroMessenger", "WeChat"}, {"Edg", "Edge"}, {"OPR/", "Opera"}, {"HuaweiBrowser", "Huawei Browser"},
		{"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"},
		{"Chrome", "Chrome"}, {"Safari", "Safari"},
	}
	systems = [][2]string{
		{"OpenHarmony", "HarmonyOS"}, {"HarmonyOS", "HarmonyOS"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
		{"Windows", "Windows"}, {"Macintosh", "Mac"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
	}
)

// deviceOf is a browser and a system in a word each, from what the browser says of itself; never its own text.
func deviceOf(agent string) string {
	var words []string
	for _, list := range [][][2]string{browsers, systems} {
		for _, one := range list {
			if strings.Contains(agent, one[0]) {
				words = append(words, one[1])
				break
			}
		}
	}
	return strings.Join(words, ", ")
}
