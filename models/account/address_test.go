package account_test

import (
	"strings"
	"testing"

	"wenguan/models/account"
	"wenguan/models/fault"
)

func TestAnAddressIsReadTheWayPeopleTypeIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"13800000000":                    "+8613800000000",
		" 138 0000 0000 ":                "+8613800000000",
		"138-0000-0000":                  "+8613800000000",
		"１３８００００００００":                    "+8613800000000",
		"8613800000000":                  "+8613800000000",
		"+86 (138) 0000 0000":            "+8613800000000",
		"＋86 13800000000":                "+8613800000000",
		"008613800000000":                "+8613800000000",
		"+852 9123 4567":                 "+85291234567",
		"0044 7700 900123":               "+447700900123",
		"li.lei@example.cn":              "li.lei@example.cn",
		" Li.Lei+Wenguan@EXAMPLE.com.cn": "li.lei+wenguan@example.com.cn",
		"12345@qq.com":                   "12345@qq.com",
		"li＠example.cn":                  "li@example.cn",
	} {
		got, err := account.ParseAddress(typed)
		if err != nil || string(got) != want {
			t.Errorf("ParseAddress(%q) = %q, %v, want %q", typed, got, err, want)
		}
		if again, err := account.ParseAddress(string(got)); err != nil || again != got {
			t.Errorf("ParseAddress(%q) = %q, %v: it is not the one form", got, again, err)
		}
	}
}

func TestWhatIsNoAddressIsRefused(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"", " ", "王小明", "1380000000", "138000000000", "12800000000", "0793-1234567", "07931234567", "+86 0793 1234567", "+1234567",
		"+1234567890123456", "+0123456789", "13800000000x", "+", "@", "a@", "@b.cn", "a@b", "a b@c.cn", "a@b..cn", "a@-b.cn", "a@b_c.cn",
		"Li <li@example.cn>", "<li@example.cn>", `"li lei"@example.cn`, "li@example.cn, x@y.cn", "li@[127.0.0.1]", "li@例子.cn",
		"li@example.cn\r\nBcc: x@y.cn", "li\x00@example.cn", strings.Repeat("a", 65) + "@example.cn", "a@" + strings.Repeat("b.", 150) + "cn",
	} {
		got, err := account.ParseAddress(typed)
		if f, _ := err.(*fault.Error); f == nil || f.Code != "address_unreadable" || f.Kind != fault.Invalid || got != "" {
			t.Errorf("ParseAddress(%q) = %q, %v", typed, got, err)
		} else if typed != "" && strings.Contains(f.Message, strings.TrimSpace(typed)) && len(typed) > 3 {
			t.Errorf("the refusal repeats %q", typed)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{"13800000000", "+852 9123 4567", "Li@Example.cn", "a@b", "++86"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := account.ParseAddress(typed)
		if err != nil {
			return
		}
		if again, err := account.ParseAddress(string(got)); err != nil || again != got {
			t.Errorf("%q became %q, which reads %q, %v", typed, got, again, err)
		}
		if strings.ContainsAny(string(got), " \r\n<>,;") || got.IsPhone() == strings.Contains(string(got), "@") {
			t.Errorf("%q became %q", typed, got)
		}
	})
}

func TestAMaskedNameShowsItsEndsAtMost(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"王小明":          "王*明",
		"王明":           "王*",
		"王":            "王*",
		"欧阳小明":         "欧*明",
		"John Smith":   "J*** S***",
		"Al":           "A***",
		" Ann  B. Li ": "A*** B*** L***",
		"王小明 Ann":      "王*明 A***",
		"𠮷田一郎":         "𠮷*郎",
		"":             "",
		"*0000":        "*0000",
	} {
		if got := account.Mask(name); got != want {
			t.Errorf("Mask(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestSomebodyWithoutANameIsCalledByTheEndOfThePhone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a    account.Account
		want string
	}{
		{account.Account{Name: "王小明", Phone: phone}, "王小明"},
		{account.Account{Phone: "+8613800001234"}, "*1234"},
		{account.Account{Email: email}, "l***"},
		{account.Account{}, ""},
	} {
		if got := c.a.Called(); got != c.want {
			t.Errorf("%+v is called %q, want %q", c.a, got, c.want)
		}
	}
}
