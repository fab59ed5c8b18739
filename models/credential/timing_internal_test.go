package credential

import (
	"context"
	"testing"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// commits counts the transactions that write.
type commits struct {
	store.Store
	n int
}

func (c *commits) Update(ctx context.Context, fn func(store.Tx) error) error {
	c.n++
	return c.Store.Update(ctx, fn)
}

// How long an answer takes told that a password was right: looking at the second factor was one commit more.
func TestWhateverIsWrongCostsAsManyCommits(t *testing.T) {
	t.Parallel()
	w := openTown(t)
	w.equipped(t)
	counting := &commits{Store: w.store}
	w.store = counting
	cost := map[string]int{}
	for name, attempt := range map[string]Attempt{
		"nobody's login": {Login: "nobody@wenguan.example", Password: password, Code: "000000"},
		"the password":   {Login: login, Password: "a loud walk by the river", Code: "000000"},
		"the code":       {Login: login, Password: password, Code: "000000"},
		"the recovery":   {Login: login, Password: password, Recovery: "none"},
	} {
		counting.n = 0
		if _, err := w.SignIn(t.Context(), attempt); fault.CodeOf(err) != "sign_in_wrong" {
			t.Errorf("%s: %v", name, err)
		}
		cost[name] = counting.n
	}
	for name, n := range cost {
		if n != cost["the code"] {
			t.Errorf("%s wrong costs %d commits, a wrong code %d", name, n, cost["the code"])
		}
	}
}
