package account

import (
	"context"
	"time"

	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// Directory is who is known and who is signed in.
type Directory struct {
	store  store.Store
	outbox *notice.Outbox
	clock  func() time.Time
}

// Session is a signed-in account. Only the holder ever has the token.
type Session struct {
	Token     string
	Account   Account
	ExpiresAt time.Time
}

// Profile is what people may change of themselves; nil leaves a field as it is.
type Profile struct {
	Name     *string
	Group    *Group
	Language *string
}

var errNotYet = fault.New(fault.Unavailable, "accounts_unavailable", "Accounts are not available.")

// New makes the directory of st.
func New(st store.Store, outbox *notice.Outbox, clock func() time.Time) *Directory {
	return &Directory{store: st, outbox: outbox, clock: clock}
}

// SendCode sends a sign-in code.
func (d *Directory) SendCode(ctx context.Context, to, network string) error { return errNotYet }

// SendCodeIn is SendCode in the language of the page the person is looking at.
func (d *Directory) SendCodeIn(ctx context.Context, language, to, network string) error {
	return errNotYet
}

// SignIn exchanges a code for a session.
func (d *Directory) SignIn(ctx context.Context, to, code string) (Session, error) {
	return Session{}, errNotYet
}

// SignInByLink exchanges a link's token for a session.
func (d *Directory) SignInByLink(ctx context.Context, token string) (Session, error) {
	return Session{}, errNotYet
}

// Authenticate returns who holds the session.
func (d *Directory) Authenticate(ctx context.Context, token string) (Actor, error) {
	return Actor{}, errNotYet
}

// SignOut ends the session.
func (d *Directory) SignOut(ctx context.Context, token string) error { return errNotYet }

// Get returns an account: one's own, or any to those who manage accounts.
func (d *Directory) Get(ctx context.Context, actor Actor, id string) (Account, error) {
	return Account{}, errNotYet
}

// Of returns an account within a transaction; it asks for no permission.
func (d *Directory) Of(tx store.Tx, id string) (Account, error) { return Account{}, errNotYet }

// UpdateProfile changes the actor's own account.
func (d *Directory) UpdateProfile(ctx context.Context, actor Actor, p Profile) (Account, error) {
	return Account{}, errNotYet
}

// Create adds an account.
func (d *Directory) Create(ctx context.Context, actor Actor, a Account) (Account, error) {
	return Account{}, errNotYet
}

// Grant replaces the grants of an account.
func (d *Directory) Grant(ctx context.Context, actor Actor, id string, grants []Grant) error {
	return errNotYet
}

// FindByAddress returns the account of a phone number or e-mail address.
func (d *Directory) FindByAddress(ctx context.Context, actor Actor, to string) (Account, error) {
	return Account{}, errNotYet
}

// HasAdministrator reports whether anybody can administer.
func (d *Directory) HasAdministrator(ctx context.Context) (bool, error) { return false, errNotYet }

// MakeLink makes a sign-in link's token.
func (d *Directory) MakeLink(ctx context.Context, actor Actor, accountID string, ttl time.Duration, reusable bool) (string, error) {
	return "", errNotYet
}

// MakeSession makes a session for an account.
func (d *Directory) MakeSession(ctx context.Context, actor Actor, accountID string) (Session, error) {
	return Session{}, errNotYet
}

// Tidy deletes expired codes, limits, sessions and links.
func (d *Directory) Tidy(ctx context.Context) (int, error) { return 0, errNotYet }

// Mask hides most of a name.
func Mask(name string) string { return name }

// Collections declares what the directory keeps.
func Collections() []store.Collection { return nil }
