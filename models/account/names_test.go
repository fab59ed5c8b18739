package account_test

import (
	"testing"

	"wenguan/models/account"
)

func TestAddressesOnOnesOwnPageAreMasked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ phone, email, wantPhone, wantEmail string }{
		{"+8613800138000", "wang@example.cn", "138****8000", "w***@example.cn"},
		{"+4915112345678", "x@y.example", "+49****5678", "x***@y.example"},
		{"+4912345", "", "+49****2345", ""},
		{"", "", "", ""},
	} {
		a := account.Account{Phone: c.phone, Email: c.email}
		if a.MaskedPhone() != c.wantPhone || a.MaskedEmail() != c.wantEmail {
			t.Errorf("%s %s: %s %s", c.phone, c.email, a.MaskedPhone(), a.MaskedEmail())
		}
	}
}
