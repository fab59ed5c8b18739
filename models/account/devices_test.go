package account_test

import (
	"strings"
	"testing"
	"time"

	"wenguan/models/account"
)

func (w *town) device(t testing.TB, role account.Role, venue string) (account.Device, string) {
	t.Helper()
	made, token, err := w.MakeDevice(t.Context(), system, venue, role, "东门平板")
	if err != nil {
		t.Fatal(err)
	}
	return made, token
}

func TestADeviceActsAtItsVenueByATokenThatIsKeptHashed(t *testing.T) {
	t.Parallel()
	w := open(t)
	made, token := w.device(t, account.Door, "v1")
	if !strings.HasPrefix(token, "wgd_") || len(token) != 4+43 {
		t.Errorf("the token is %q", token)
	}
	if strings.Contains(w.everything(t), token) {
		t.Error("the store holds the token")
	}
	actor, err := w.another().Authenticate(t.Context(), token)
	if err != nil || actor.ID != "" || actor.Device == nil || actor.Device.ID != made.ID || actor.Means != account.ByToken || actor.Anonymous() {
		t.Errorf("%+v, %v", actor, err)
	}
	if e := actor.Entry("booking.checked_in", "booking/1"); e.Actor != "device/"+made.ID {
		t.Errorf("the audit names %s", e.Actor)
	}
	for _, wrong := range []string{token + "x", token[:46], "wgd_", "wgd_" + strings.Repeat("A", 43), made.Hash, made.ID} {
		if _, err := w.Authenticate(t.Context(), wrong); err == nil {
			t.Errorf("%q is a device", wrong)
		}
		_, err := w.SignInDevice(t.Context(), wrong)
		wantCode(t, err, "device_unknown")
	}
	if err := w.SignOut(t.Context(), token); err != nil { // the tablet forgets it; the device stays
		t.Error(err)
	}
	if _, err := w.SignInDevice(t.Context(), token); err != nil {
		t.Error(err)
	}
}

func TestARevokedDeviceIsNobodyFromItsNextRequestOn(t *testing.T) {
	t.Parallel()
	w := open(t)
	made, token := w.device(t, account.Kiosk, "v1")
	_, other := w.device(t, account.Kiosk, "v1")
	manager := w.create(t, account.Account{Name: "甲", Grants: []account.Grant{{Role: account.Manager, Venues: []string{"v1"}}}}).Actor()
	stranger := w.create(t, account.Account{Name: "乙", Grants: []account.Grant{{Role: account.Manager, Venues: []string{"v2"}}}}).Actor()
	wantCode(t, w.RevokeDevice(t.Context(), stranger, "v1", made.ID), "not_permitted")
	wantCode(t, w.RevokeDevice(t.Context(), stranger, "v2", made.ID), "device_not_found")
	if err := w.RevokeDevice(t.Context(), manager, "v1", made.ID); err != nil {
		t.Fatal(err)
	}
	_, err := w.Authenticate(t.Context(), token)
	wantCode(t, err, "session_ended")
	if _, err := w.Authenticate(t.Context(), other); err != nil {
		t.Errorf("the other device: %v", err)
	}
	list, err := w.Devices(t.Context(), manager, "v1")
	if err != nil || len(list) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	wantCode(t, w.RevokeDevice(t.Context(), manager, "v1", made.ID), "device_not_found")
}

func TestADeviceIsSeenAtMostOnceAMinute(t *testing.T) {
	t.Parallel()
	w := open(t)
	_, token := w.device(t, account.Display, "v1")
	seen := func() time.Time {
		t.Helper()
		if _, err := w.Authenticate(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		list, err := w.Devices(t.Context(), system, "v1")
		if err != nil {
			t.Fatal(err)
		}
		return list[0].SeenAt
	}
	first := seen()
	if !first.Equal(w.now()) {
		t.Errorf("seen at %v", first)
	}
	w.pass(59 * time.Second)
	if again := seen(); !again.Equal(first) {
		t.Errorf("written again within a minute: %v", again)
	}
	w.pass(time.Second)
	if next := seen(); !next.Equal(w.now()) {
		t.Errorf("a minute later: %v", next)
	}
}

func TestADeviceHasOneOfThreePurposesAndAName(t *testing.T) {
	t.Parallel()
	w := open(t)
	_, _, err := w.MakeDevice(t.Context(), system, "v1", account.Administrator, "东门")
	wantCode(t, err, "device_role")
	_, _, err = w.MakeDevice(t.Context(), system, "v1", account.Door, " ")
	wantCode(t, err, "name_unusable")
	_, _, err = w.MakeDevice(t.Context(), account.Actor{}, "v1", account.Door, "东门")
	wantCode(t, err, "sign_in_needed")
	for range 100 {
		w.device(t, account.Door, "v1")
	}
	_, _, err = w.MakeDevice(t.Context(), system, "v1", account.Door, "东门")
	wantCode(t, err, "devices_many")
}
