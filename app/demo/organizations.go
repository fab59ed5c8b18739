package demo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"time"

	"wenguan/models/account"
	"wenguan/models/civil"
	"wenguan/models/fault"
	"wenguan/models/organization"
)

// club is a sample organization: what is registered of it and how far that has come.
type club struct {
	name, owner string // the owner is made with it, unless they own one before it
	kind        organization.Kind
	prefix      string // the first two characters of the credit code, "" for none
	about       string
	state       organization.State
	until       int // days from today until the last day of the verification, 0: a year after it
	reason      string
}

// clubs are the sample organizations. The first is the one of the story; the first four have a history of bookings.
var clubs = []club{
	{"青花合唱团", "沈文琴", organization.Association, "51", "混声合唱，团员 40 人，每周一晚排练", organization.Verified, 0, ""},
	{"瓷韵舞蹈队", "陆明远", organization.Troupe, "", "广场舞和民族舞，队员 55 人", organization.Verified, 200, ""},
	{"松窗读书会", "苏秀英", organization.Community, "", "每周读一本书，会员 18 人", organization.Verified, 12, ""},
	{"泥火陶艺社", "程泥生", organization.Service, "52", "陶艺体验课，面向家庭", organization.Verified, 240, ""},
	{"晓起民歌队", "汪晓起", organization.Troupe, "", "收集和演唱本地民歌", organization.Expired, -20, ""},
	{"星江摄影协会", "程泥生", organization.Association, "51", "摄影展和外拍", organization.Submitted, 0, ""},
	{"朱绯诗社", "苏秀英", organization.Association, "51", "古典诗词", organization.Refused, 0, "证书照片看不清，请重新拍摄上传"},
	{"茶艺传习所（筹）", "陆明远", organization.Other, "Y1", "", organization.Draft, 0, ""},
}

// sampleCode is a credit code of nobody: no place of China has the number 000000. Its check character is right.
func sampleCode(prefix string, n int) organization.Code {
	if prefix == "" {
		return ""
	}
	first := fmt.Sprintf("%s000000DEM%06d", prefix, n)
	return organization.Code(first + string(organization.CheckCharacter(first)))
}

// registrar makes the sample organizations.
type registrar struct {
	World
	people *People
	today  civil.Date
	owners map[string]account.Actor
}

// foundOrganizations registers the organizations that have a history, through their owners, as verified ones. It sets
// Organization and OrganizationOwner, and returns the accounts of the others.
func foundOrganizations(ctx context.Context, w World, p *People, today civil.Date) (others []account.Account, r *registrar, err error) {
	r = &registrar{w, p, today, map[string]account.Actor{}}
	for n, c := range clubs[:5] {
		made, err := r.register(ctx, n, c)
		if err != nil {
			return nil, nil, fmt.Errorf("register %s: %w", c.name, err)
		}
		if n == 0 {
			p.Organization = made
		} else if n < 4 {
			others = append(others, made)
		}
	}
	p.OrganizationOwner, err = w.Accounts.Get(ctx, system, r.owners[clubs[0].owner].ID)
	if err != nil {
		return nil, nil, err
	}
	return others, r, r.join(ctx)
}

// foundTheRest registers what came lately: one that waits, one that was refused, one that is being filled in.
func (r *registrar) foundTheRest(ctx context.Context, now time.Time) error {
	r.SetClock(now.Add(-26 * time.Hour))
	defer r.SetClock(now)
	for n, c := range clubs[5:] {
		if _, err := r.register(ctx, n+5, c); err != nil {
			return fmt.Errorf("register %s: %w", c.name, err)
		}
	}
	r.SetClock(now)
	_, err := r.Organizations.Sweep(ctx) // as the job would have done
	return err
}

// register takes a registration as far as it has come.
func (r *registrar) register(ctx context.Context, n int, c club) (account.Account, error) {
	owner, err := r.owner(ctx, n, c)
	if err != nil {
		return account.Account{}, err
	}
	o, err := r.Organizations.Found(ctx, owner, organization.Form{
		Facts:   organization.Facts{Name: c.name, Code: sampleCode(c.prefix, n+1), Kind: c.kind},
		Contact: c.owner, Phone: samplePhone(90_000 + n), Address: "紫阳路文化馆", About: c.about,
	})
	if err != nil {
		return account.Account{}, err
	}
	if c.state != organization.Draft {
		if err := r.submit(ctx, owner, o.ID, n, c); err != nil {
			return account.Account{}, err
		}
	}
	return r.Accounts.Get(ctx, system, o.ID)
}

func (r *registrar) submit(ctx context.Context, owner account.Actor, id string, n int, c club) error {
	if _, err := r.Organizations.AddDocument(ctx, owner, id, c.name+"登记证书.png", certificate(uint64(n)), ""); err != nil {
		return err
	}
	if c.prefix != "" {
		if _, err := r.Organizations.AddDocument(ctx, owner, id, "章程.pdf", charter(), ""); err != nil {
			return err
		}
	}
	o, err := r.Organizations.Submit(ctx, owner, id)
	if err != nil || c.state == organization.Submitted {
		return err
	}
	d := organization.Decision{Revision: o.Revision, Verdict: organization.Verify, Reason: c.reason}
	if c.state == organization.Refused {
		d.Verdict = organization.Refuse
	} else if c.until != 0 {
		d.Until = r.today.Add(c.until)
	}
	_, err = r.Organizations.Decide(ctx, r.people.Administrator.Actor(), id, d)
	return err
}

// owner is who owns the organization; those who own several were made with the first.
func (r *registrar) owner(ctx context.Context, n int, c club) (account.Actor, error) {
	if known, ok := r.owners[c.owner]; ok {
		return known, nil
	}
	email := fmt.Sprintf("club%d@wenguan.example", n)
	if n == 0 {
		email = "choir@wenguan.example"
	}
	made, err := r.Accounts.Create(ctx, system, account.Account{Kind: account.Person, Name: c.owner, Email: email, Language: "zh-CN"})
	r.owners[c.owner] = made.Actor()
	return made.Actor(), err
}

// join lets residents accept invitations: the one of the story books for the choir and for the reading circle.
func (r *registrar) join(ctx context.Context) error {
	member := func(n int) account.Account { return r.people.Residents[n%len(r.people.Residents)] }
	for _, j := range []struct {
		club int
		who  account.Account
		role account.MemberRole
	}{
		{0, member(0), account.Booker}, {0, member(1), account.PlainMember}, {0, member(2), account.PlainMember},
		{2, member(0), account.Booker}, {1, member(3), account.Booker}, {1, member(4), account.PlainMember}, {3, member(5), account.PlainMember},
	} {
		owner, err := r.Accounts.Get(ctx, system, r.owners[clubs[j.club].owner].ID)
		if err != nil {
			return err
		}
		_, token, err := r.Organizations.Invite(ctx, owner.Actor(), owner.Members[0].Organization, organization.Invite{Role: j.role})
		if err != nil {
			return err
		}
		_, err = r.Organizations.Accept(ctx, j.who.Actor(), token)
		if err != nil && fault.CodeOf(err) != "already_member" { // a district of one resident
			return err
		}
	}
	return nil
}

// certificate is a picture of a paper with a seal. What stands on it are lines, so nobody can take it for a real one.
func certificate(seed uint64) []byte {
	random := rand.New(rand.NewPCG(seed, 3))
	c := newCanvas(0xf7f1df, 0xf2e9cf)
	c.rect(30, 24, 900, 6, 0xb03a2e)
	c.rect(30, 510, 900, 6, 0xb03a2e)
	c.rect(30, 24, 6, 492, 0xb03a2e)
	c.rect(924, 24, 6, 492, 0xb03a2e)
	c.rect(330, 70, 300, 26, 0x5a4a3a)
	for line := range 8 {
		c.rect(110, 150+line*38, 90, 12, 0xa08f78)
		c.rect(230, 150+line*38, 240+random.IntN(320), 12, 0x5a4a3a)
	}
	c.disc(780, 410, 74, 0xb03a2e)
	c.disc(780, 410, 66, 0xf2e9cf)
	c.disc(780, 410, 24, 0xb03a2e)
	var b bytes.Buffer
	_ = png.Encode(&b, c.RGBA.SubImage(image.Rect(0, 0, canvasWidth, canvasHeight))) // into memory
	return b.Bytes()
}

// charter is a PDF of one page that says that it is a sample.
func charter() []byte {
	var b bytes.Buffer
	var at []int
	text := "BT /F1 28 Tf 90 700 Td (SAMPLE - NOT A REAL DOCUMENT) Tj ET"
	b.WriteString("%PDF-1.4\n")
	for i, object := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}
