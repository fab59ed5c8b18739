package e2e

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wenguan/app/apptest"
	"wenguan/handlers"
	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/notice"
	"wenguan/models/organization"
)

// certificate is a picture in a file, as somebody has it on their phone.
func certificate(t *testing.T, name string, side int) string {
	t.Helper()
	picture, random := image.NewRGBA(image.Rect(0, 0, side, side)), rand.New(rand.NewPCG(1, 2))
	for x := range side {
		for y := range side {
			picture.Set(x, y, color.RGBA{uint8(random.IntN(256)), 200, 190, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return file(t, name, b.Bytes())
}

func file(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The whole story in three browsers: an owner on a phone registers and uploads, staff at a desk verify, and a singer on
// her own phone joins by the link and finds that she can book but not manage.
func TestAnOrganizationRegistersIsVerifiedAndInvites(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	house.ReadingRoom("room", 4)
	owner, singer := house.Resident("王小明"), house.Resident("韩梅梅")
	p := open(t, house, phone)
	p.as(owner)
	id := p.registers()
	p.isVerifiedBy(open(t, house, desktop), house, id)
	link := p.invites()
	told := house.Mail.To(owner.Account.Phone)
	for _, template := range []string{notice.OrganizationRefused, notice.OrganizationVerified} {
		if !slices.ContainsFunc(told, func(m notice.Message) bool { return m.Template == template }) {
			t.Errorf("the owner was told %+v", told)
		}
	}

	s := open(t, house, phone)
	s.as(singer)
	s.visit(strings.TrimPrefix(link, house.URL))
	s.read(".join-name", "青花合唱团")
	s.read(".join-card", "王*明")
	s.read(".join-card", "预约员")
	if hash := eval[string](s, `location.hash`); hash != "" {
		t.Errorf("the token stays in the address: %s", hash)
	}
	s.shot(" join")
	s.click("#accept")
	s.read(".for-whom", "您正在代表")
	s.read(".for-whom", "为 青花合唱团 预约")
	s.read(".member-name", "王*明")
	s.gone("#edit-organization")
	s.gone("#documents")
	s.gone("#invite")
	s.shot(" booker")

	p.visit("/organizations/" + id)
	p.read(".member-name", "韩梅梅")
	s.visit("/join")
	s.read(".notice", "重新打开")
	again := open(t, house, phone)
	again.as(house.Resident("李雷"))
	again.visit(strings.TrimPrefix(link, house.URL))
	again.read(".notice.bad", "邀请已失效")
}

// registers fills in the form, with a mistake that is mended, uploads a certificate, and submits. It returns the id.
func (p *page) registers() string {
	p.t.Helper()
	code := apptest.CreditCode()
	p.visit("/organizations")
	p.read(".empty", "还没有加入")
	p.click("#new-organization")
	p.fill("[name=name]", "青花合唱团")
	p.fill("[name=code]", code[:16]+code[17:18]+code[16:17]) // the last two exchanged
	p.read(".field-error", "与证书逐位核对")
	p.fill("[name=code]", strings.ToLower(code[:8]+" "+code[8:]))
	p.read(".code-good", "格式正确")
	p.press("保存并继续")
	p.read(".field-error", "请填写联系人")
	p.fill("[name=contact]", "王小明")
	p.fill("[name=phone]", "0793-7210000")
	p.press("保存并继续")
	p.read(".next-step", "上传证明材料")
	p.shot(" draft")
	p.show("#add-document", file(p.t, "证书.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)))
	p.read(".sending", "只能上传 PDF、JPG 或 PNG")
	p.show("#add-document", certificate(p.t, "登记证书.png", 300))
	p.read(".file-name", "登记证书.png")
	p.read(".next-step", "提交审核")
	p.click("#submit-registration")
	p.read(".next-step", "已提交，等待审核")
	p.shot(" waiting")
	id := strings.TrimPrefix(eval[string](p, `location.pathname`), "/organizations/")
	return id
}

// isVerifiedBy lets staff look at the registration, refuse it first for a reason that the owner reads and mends.
func (p *page) isVerifiedBy(staff *page, house *apptest.House, id string) {
	p.t.Helper()
	staff.as(house.Staff(account.Manager))
	staff.visit("/manage/organizations")
	staff.read(".organization-item", "青花合唱团")
	staff.shot(" queue")
	staff.click(".organization-item a")
	staff.read("h1", "青花合唱团")
	staff.read(".file-name", "登记证书.png")
	staff.click(".decide [value=refuse]")
	staff.press("看不清")
	staff.shot(" refuse")
	staff.click("#decide")
	staff.read(".tag.bad", "未通过")
	p.visit("/organizations/" + id)
	p.read(".next-step", "看不清，请重新拍摄")
	p.show(".file-tools input", certificate(p.t, "新证书.png", 320))
	p.read(".file-name", "新证书.png")
	p.click("#submit-registration")
	p.read(".next-step", "等待审核")
	staff.visit("/manage/organizations/" + id)
	staff.click("#decide")
	staff.read(".tag.good", "已认证")
	p.visit("/organizations/" + id)
	p.read(".next-step", "2027年11月24日")
	p.shot(" verified")
	if _, err := house.Notices.Deliver(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
}

// invites makes a link for a booker and returns it.
func (p *page) invites() string {
	p.t.Helper()
	p.click("#invite")
	p.choose("dialog [name=role]", string(account.Booker))
	p.press("生成邀请链接")
	p.see("dialog [name=link]")
	p.see(".invitation-qr img")
	p.shot(" link")
	link := eval[string](p, `document.querySelector('dialog [name=link]').value`)
	if !strings.Contains(link, "/join#invitation=") {
		p.t.Fatalf("the link is %s", link)
	}
	p.click("dialog [aria-label]")
	p.read(".invitations", "还能用")
	return link
}

// The page and the server read a code the same way: right, mistyped in each place, and as people write it.
func TestTheCodeIsCheckedInThePageAsOnTheServer(t *testing.T) {
	t.Parallel()
	house := apptest.Start(t)
	p := open(t, house, phone)
	p.visit("/")
	code := apptest.CreditCode()
	typed := []string{
		"", code, strings.ToLower(code), code[:9] + " " + code[9:], code + "0", code[:17], "９１３５０１００Ｍ０００１００Ｙ４３", "9144030071526726XG",
		"91350100M000100Y4Z", "统一社会信用代码",
	}
	for i := range code {
		typed = append(typed, code[:i]+"7"+code[i+1:], code[:i]+"K"+code[i+1:], code[:i]+"O"+code[i+1:])
	}
	asked, err := json.Marshal(typed)
	if err != nil {
		t.Fatal(err)
	}
	answers := eval[[]string](p, `import('/static/`+house.Site.Hash+`/js/organization/code.js')
		.then((m) => `+string(asked)+`.map((c) => m.checkCode(c).wrong))`)
	for i, c := range typed {
		_, err := organization.ParseCode(c)
		want := strings.TrimPrefix(fault.CodeOf(err), "code_")
		if got := answers[i]; got != want && !(got == "short" && want == "length") {
			t.Errorf("%q: the page says %q, the server %q", c, got, want)
		}
	}
}

func TestOrganizationsAreAccessible(t *testing.T) {
	t.Parallel()
	accessible(t, func(t *testing.T, on device) *page {
		house := apptest.Start(t)
		owner := house.Resident("王小明")
		p := open(t, house, on)
		p.as(owner)
		return p
	}, []view{
		{"mine", func(p *page) { p.visit("/organizations"); p.see("#new-organization") }},
		{"new", func(p *page) { p.visit("/organizations"); p.click("#new-organization"); p.see("[name=code]") }},
		{"draft", func(p *page) { p.visit("/organizations/" + p.registered()); p.see(".member") }},
		{"invitation", func(p *page) {
			p.visit("/organizations/" + p.registered())
			p.see(".member")
			p.see("#invite")
			eval[bool](p, `(document.querySelector('#invite').click(), true)`) // the page may still move under a finger
			p.click("dialog button.large")
			p.see(".invitation-qr img")
		}},
		{"join", func(p *page) { p.visit("/join#invitation=" + p.invitation()); p.see("#accept") }},
	})
}

func TestTheStaffsPagesOfOrganizationsAreAccessible(t *testing.T) {
	t.Parallel()
	accessible(t, func(t *testing.T, on device) *page {
		house := apptest.Start(t)
		p := open(t, house, on)
		p.as(house.Staff(account.Manager))
		return p
	}, []view{
		{"queue", func(p *page) { p.submitted(); p.visit("/manage/organizations"); p.see(".organization-item") }},
		{"registration", func(p *page) { p.visit("/manage/organizations/" + p.submitted()); p.see("#decide") }},
		{"refusal", func(p *page) {
			p.visit("/manage/organizations/" + p.submitted())
			p.click(".decide [value=refuse]")
			p.see("[name=reason]")
		}},
	})
}

// client is the signed-in person of the browser, as a client of the house.
func (p *page) signedIn() *apptest.Client {
	p.t.Helper()
	var id struct{ Account struct{ ID string } }
	id.Account.ID = eval[string](p, `fetch('/api/v1/session').then((r) => r.json()).then((s) => s.account.id)`)
	who, err := p.house.Accounts.Get(p.t.Context(), apptest.System, id.Account.ID)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.house.As(who)
}

// registered is the id of a draft, with a document, of the person who is signed in.
func (p *page) registered() string {
	p.t.Helper()
	return registered(p.t, p.signedIn())
}

// submitted is the id of somebody else's registration that waits.
func (p *page) submitted() string {
	p.t.Helper()
	owner := p.house.Resident("王小明")
	id := registered(p.t, owner)
	owner.Post("/api/v1/organizations/"+id+"/submission", nil).Expect(200)
	return id
}

// invitation is the token of an invitation to somebody else's organization.
func (p *page) invitation() string {
	p.t.Helper()
	owner := p.house.Resident("李雷")
	var made struct{ Link string }
	owner.Post("/api/v1/organizations/"+registered(p.t, owner)+"/invitations", map[string]any{"role": account.Booker}).Expect(201).Into(&made)
	_, token, _ := strings.Cut(made.Link, "#invitation=")
	return token
}

func registered(t *testing.T, owner *apptest.Client) string {
	t.Helper()
	o := apptest.Decode[handlers.OrganizationView](owner.Post("/api/v1/organizations", apptest.Registration("青花合唱团")).Expect(201))
	data, err := os.ReadFile(certificate(t, "a.png", 20))
	if err != nil {
		t.Fatal(err)
	}
	owner.Post("/api/v1/organizations/"+o.ID+"/documents?name=登记证书.png", data).Expect(201)
	return o.ID
}
