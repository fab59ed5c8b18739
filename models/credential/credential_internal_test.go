package credential

import (
	"encoding/base32"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"wenguan/models/account"
	"wenguan/models/audit"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// cheap is what hashes cost in tests that make many.
var cheap = params{memory: 64, time: 1, lanes: 1}

// town is a vault on a store of its own, and the clock the test moves.
type town struct {
	*Vault
	accounts *account.Directory
	at       time.Time
}

func openTown(t *testing.T) *town {
	t.Helper()
	collections := slices.Concat(Collections(), account.Collections(), audit.Collections(), notice.Collections())
	st, err := store.OpenEmbedded(filepath.Join(t.TempDir(), "wenguan.db"), store.EmbeddedOptions{NoSync: true}, collections)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	w := &town{at: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)}
	now := func() time.Time { return w.at }
	w.accounts = account.New(st, notice.Discard(), now)
	w.Vault = New(st, w.accounts, notice.Discard(), func() string { return "http://127.0.0.1:8080" }, now)
	w.hasher = newHasher(cheap)
	return w
}

const (
	login    = "chief@wenguan.example"
	password = "a quiet walk by the river"
	secret   = "WENGUANSAMPLESECRETWENGUANSAMPLE"
)

// equipped is an account with a password and an authenticator app.
func (w *town) equipped(t *testing.T) account.Account {
	t.Helper()
	system := account.Actor{System: true}
	who, err := w.accounts.Create(t.Context(), system, account.Account{Name: "陈馆长", Email: login})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Equip(t.Context(), system, who.ID, password, secret); err != nil {
		t.Fatal(err)
	}
	return who
}

func (w *town) code(t *testing.T) string {
	t.Helper()
	w.at = w.at.Add(30 * time.Second)
	code, err := totp.GenerateCode(secret, w.at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestALoginThatDoesNotExistCostsTheSameWork(t *testing.T) {
	t.Parallel()
	w := openTown(t)
	w.equipped(t)
	for _, name := range []string{login, "nobody@wenguan.example", "+8613800000000", "", "no address"} {
		before := w.hasher.made.Load()
		_, err := w.SignIn(t.Context(), Attempt{Login: name, Password: "a wrong password", Code: "000000", Network: "192.0.2.1"})
		if fault.CodeOf(err) != "sign_in_wrong" || w.hasher.made.Load() != before+1 {
			t.Errorf("%q: %v after %d hashes", name, err, w.hasher.made.Load()-before)
		}
	}
	if p, _, _, err := decode(w.hasher.dummy); err != nil || p != w.hasher.params {
		t.Errorf("the hash of nobody costs %+v: %v", p, err)
	}
}

func TestAPasswordIsHashedAnewWhenTheCostsRise(t *testing.T) {
	t.Parallel()
	w := openTown(t)
	who := w.equipped(t)
	w.hasher = newHasher(params{memory: 128, time: 2, lanes: 1})
	stored := func() (phc string) {
		if err := w.store.View(t.Context(), func(tx store.Tx) error {
			k, err := load(tx, who.ID)
			phc = k.Password
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return phc
	}
	for _, want := range []string{"m=128,t=2,p=1", "m=128,t=2,p=1"} {
		if _, err := w.SignIn(t.Context(), Attempt{Login: login, Password: password, Code: w.code(t)}); err != nil {
			t.Fatal(err)
		}
		if got := stored(); !strings.Contains(got, want) {
			t.Errorf("it is kept as %s", got)
		}
	}
}

func TestNewHashesCostWhatOWASPAdvises(t *testing.T) {
	t.Parallel()
	h := newHasher(current)
	one, err := h.hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	other, err := h.hash(t.Context(), password)
	if err != nil || one == other || !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("%s and %s, %v", one, other, err)
	}
	for typed, want := range map[string]bool{password: true, password + " ": false, "": false, strings.ToUpper(password): false} {
		if got, err := h.check(t.Context(), typed, one); got != want || err != nil {
			t.Errorf("%q is right: %t, %v", typed, got, err)
		}
	}
	if right, err := h.check(t.Context(), "", ""); right || err != nil {
		t.Error("no password at all is right")
	}
}

func TestOnlyHashesOfArgon2idAreRead(t *testing.T) {
	t.Parallel()
	good := cheap.encode(make([]byte, 16), make([]byte, 32))
	if _, _, _, err := decode(good); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{
		"", "x", "$2a$10$abc", strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=64", "m=99999999", 1), strings.Replace(good, "t=1", "t=0", 1), strings.Replace(good, "t=1", "t=99", 1),
		good[:len(good)-30], good + "$x",
	} {
		if _, _, _, err := decode(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

func TestPasswordsThatAreTriedFirstAreRefused(t *testing.T) {
	t.Parallel()
	who := account.Account{Name: "Wang Xiaoming", Phone: "+8613800138000", Email: "wang.xiaoming@wenguan.example"}
	for typed, want := range map[string]string{
		"short":                              "password_short",
		"elevenchars":                        "password_short",
		strings.Repeat("长", 129):             "password_long",
		"password12345":                      "password_common",
		"P@ssw0rd!2026":                      "password_common",
		"123456789012":                       "password_common",
		"aaaaaaaaaaaa":                       "password_common",
		"abcdefghijklmnop":                   "password_common",
		"jingdezhen2026!":                    "password_common",
		"correct horse battery staple":       "password_common",
		"with a line\nbreak in it":           "password_common",
		"13800138000!!":                      "password_personal",
		"wang xiaoming1":                     "password_personal",
		"wang.xiaoming@wenguan.example":      "password_personal",
		"a quiet walk by the river":          "",
		"紫阳路上的梧桐叶落了一地":                       "",
		"wang xiaoming likes the library":    "",
		"tr0ub4dor&3 and some more":          "",
		strings.Repeat("long pass wörd ", 8): "",
	} {
		if err := acceptable(typed, who); fault.CodeOf(err) != want && !(err == nil && want == "") {
			t.Errorf("%q: %v, not %q", typed, err, want)
		}
	}
}

func TestACodeOfTheAppCountsOnceAndForItsStepAndTheNeighbours(t *testing.T) {
	t.Parallel()
	raw, err := base32.StdEncoding.DecodeString(secret)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 1, 0, 15, 0, time.UTC)
	for _, c := range []struct {
		off  time.Duration
		want bool
	}{{0, true}, {-30 * time.Second, true}, {30 * time.Second, true}, {-60 * time.Second, false}, {60 * time.Second, false}} {
		code, err := totp.GenerateCode(secret, now.Add(c.off))
		if err != nil {
			t.Fatal(err)
		}
		key := make([]byte, 32)
		a := &app{Secret: seal(key, "me", raw)}
		if got, err := a.take(key, "me", code, now); got != c.want || err != nil {
			t.Errorf("a code of %s is taken: %t, %v", c.off, got, err)
		}
		if again, err := a.take(key, "me", code, now); again || err != nil {
			t.Errorf("a code of %s is taken twice", c.off)
		}
		if _, err := a.take(key, "somebody else", code, now); err == nil {
			t.Error("a secret is opened for somebody else")
		}
	}
	// RFC 6238, appendix B: 59 seconds, SHA-1, the last six of eight digits.
	if _, right := matching([]byte("12345678901234567890"), "287082", time.Unix(59, 0)); !right {
		t.Error("the code of the standard is wrong")
	}
}

func TestWaitsGrowAndEndAtAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	var got []string
	for _, n := range []int32{1, 5, 6, 7, 10, 16, 1000, 1 << 30} {
		got = append(got, loginPace.wait(n).String())
	}
	if want := "0s 0s 1s 2s 16s 15m0s 15m0s 15m0s"; strings.Join(got, " ") != want {
		t.Errorf("the waits are %v", got)
	}
}

func TestTheAppStopsAfterTwentyWrongCodesUntilItsOwnerShowsUp(t *testing.T) {
	t.Parallel()
	w := openTown(t)
	w.equipped(t)
	signIn := func(code string) error {
		w.at = w.at.Add(time.Hour)
		_, err := w.SignIn(t.Context(), Attempt{Login: login, Password: password, Code: code})
		return err
	}
	for range mostMisses {
		if err := signIn("000000"); fault.CodeOf(err) != "sign_in_wrong" {
			t.Fatal(err)
		}
	}
	w.at = w.at.Add(time.Hour)
	_, err := w.SignIn(t.Context(), Attempt{Login: login, Password: password, Code: w.code(t)})
	if fault.CodeOf(err) != "sign_in_wrong" {
		t.Errorf("a right code after twenty wrong ones: %v", err)
	}
}

func TestAStrangerWithoutThePasswordDoesNotStopTheApp(t *testing.T) {
	t.Parallel()
	w := openTown(t)
	w.equipped(t)
	for n := range 3 * mostMisses {
		w.at = w.at.Add(time.Hour)
		_, err := w.SignIn(t.Context(), Attempt{Login: login, Password: fmt.Sprint("a guess ", n), Code: "000000"})
		if fault.CodeOf(err) != "sign_in_wrong" {
			t.Fatal(err)
		}
	}
	w.at = w.at.Add(time.Hour)
	if _, err := w.SignIn(t.Context(), Attempt{Login: login, Password: password, Code: w.code(t)}); err != nil {
		t.Error(err)
	}
}

func TestNothingThatSignsInIsInTheStore(t *testing.T) {
	t.Parallel()
	w := openTown(t)
	who := w.equipped(t)
	in, err := w.SignIn(t.Context(), Attempt{Login: login, Password: password, Code: w.code(t)})
	if err != nil {
		t.Fatal(err)
	}
	actor := in.Actor
	actor.Staff = true
	codes, err := w.RenewRecovery(t.Context(), actor)
	if err != nil {
		t.Fatal(err)
	}
	var kept keys
	if err := w.store.View(t.Context(), func(tx store.Tx) (err error) { kept, err = load(tx, who.ID); return err }); err != nil {
		t.Fatal(err)
	}
	everything := fmt.Sprintf("%+v %s", kept, kept.App.Secret)
	for _, one := range append(codes, password, secret, in.Browser, in.Token) {
		if strings.Contains(everything, one) {
			t.Errorf("%s is in the store", one)
		}
	}
}

func TestPasskeysBelongToAHostName(t *testing.T) {
	t.Parallel()
	for origin, want := range map[string]string{
		"https://wenguan.example.cn": "wenguan.example.cn https://wenguan.example.cn",
		"http://localhost:8080":      "localhost http://localhost:8080",
		"http://127.0.0.1:8080":      "localhost http://localhost:8080",
		"http://[::1]:8080":          "localhost http://localhost:8080",
		"https://192.0.2.7":          "",
		"":                           "",
	} {
		got := ""
		if web := relyingParty(origin); web != nil {
			got = web.Config.RPID + " " + strings.Join(web.Config.RPOrigins, " ")
		}
		if got != want {
			t.Errorf("%s: %q, not %q", origin, got, want)
		}
	}
}
