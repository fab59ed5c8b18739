package organization

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/notice"
	"wenguan/models/store"
)

// An invitation is good for a week and for at most so many people.
const (
	invitationLife = 7 * 24 * time.Hour
	MaxUses        = 50
)

// Invitation is a link with which people become members.
type Invitation struct {
	ID      string             `bson:"id"`
	Hash    []byte             `bson:"hash"` // SHA-256 of the token's secret half; the token itself is nowhere
	Role    account.MemberRole `bson:"role"`
	Left    int32              `bson:"left"` // how many can still use it
	Expires time.Time          `bson:"expires"`
	Note    string             `bson:"note,omitempty"`
	By      string             `bson:"by"`
	At      time.Time          `bson:"at"`
}

// Invite says what an invitation is for.
type Invite struct {
	Role account.MemberRole
	Uses int32  // 0: one
	Note string // for the owners' own memory, such as "brass section"
}

// Invite makes an invitation and returns it with its token, which is shown this once. Only an owner can; staff who
// verify can invite an owner for an organization that has lost its last one. Faults: "member_role", "uses_range",
// "text_long" (Invalid), "invitations_many" (Conflict).
func (r *Register) Invite(ctx context.Context, actor account.Actor, id string, want Invite) (Invitation, string, error) {
	note, err := cleanText(want.Note, "note", maxNote)
	switch {
	case err != nil:
		return Invitation{}, "", err
	case !want.Role.Valid():
		return Invitation{}, "", fault.New(fault.Invalid, "member_role", "A member is an owner, a booker or a plain member.").On("role")
	case want.Uses < 0 || want.Uses > MaxUses:
		return Invitation{}, "", fault.New(fault.Invalid, "uses_range", "An invitation is for 1 to %d people.", MaxUses).On("uses").With("max", MaxUses)
	}
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails since Go 1.24
	var made Invitation
	err = r.store.Update(ctx, func(tx store.Tx) error {
		o, stored, err := r.inviting(tx, actor, id, want.Role)
		if err != nil {
			return err
		}
		made = r.invitation(actor, want, note, secret)
		o.Invitations = slices.DeleteFunc(slices.Clone(o.Invitations), func(i Invitation) bool { return !i.live(r.now()) })
		if len(o.Invitations) >= MaxInvitations {
			return fault.New(fault.Conflict, "invitations_many", "There are %d invitations already; revoke one first.", MaxInvitations).With("max", MaxInvitations)
		}
		o.Invitations = append(o.Invitations, made)
		if err := r.record(tx, actor, o, "invitation.made", nil, map[string]any{"role": made.Role, "uses": made.Left}); err != nil {
			return err
		}
		_, err = r.save(tx, stored, o)
		return err
	})
	return made, id + "." + base64.RawURLEncoding.EncodeToString(secret), wrapped("invite", err)
}

// inviting is the organization, if the actor may invite for the role.
func (r *Register) inviting(tx store.Tx, actor account.Actor, id string, role account.MemberRole) (now, stored Organization, err error) {
	if now, stored, err = r.visible(tx, actor, id); err != nil {
		return now, stored, err
	}
	orphaned := len(now.Owners()) == 0 && role == account.Owner && actor.Check(account.VerifyOrganizations, "") == nil
	if now.RoleOf(actor.ID) != account.Owner && !orphaned {
		return now, stored, fault.New(fault.Forbidden, "owner_needed", "Only an owner of the organization can do this.")
	}
	return now, stored, nil
}

func (r *Register) invitation(actor account.Actor, want Invite, note string, secret []byte) Invitation {
	now := r.now()
	return Invitation{
		ID: id.New(now), Hash: hash(secret), Role: want.Role, Left: max(want.Uses, 1), Expires: now.Add(invitationLife),
		Note: note, By: actor.ID, At: now,
	}
}

// Revoke makes an invitation worthless. Only an owner can; fault.NotFound "invitation_not_found".
func (r *Register) Revoke(ctx context.Context, actor account.Actor, id, invitation string) error {
	_, err := r.change(ctx, actor, id, func(tx store.Tx, o Organization) (Organization, error) {
		at := slices.IndexFunc(o.Invitations, func(i Invitation) bool { return i.ID == invitation })
		if at < 0 {
			return o, fault.New(fault.NotFound, "invitation_not_found", "There is no such invitation.")
		}
		gone := o.Invitations[at]
		o.Invitations = slices.Delete(slices.Clone(o.Invitations), at, at+1)
		return o, r.record(tx, actor, o, "invitation.revoked", map[string]any{"role": gone.Role, "uses": gone.Left}, nil)
	})
	return err
}

// Invitations are those that still work. Only owners see them.
func (r *Register) Invitations(ctx context.Context, actor account.Actor, id string) ([]Invitation, error) {
	var list []Invitation
	err := r.store.View(ctx, func(tx store.Tx) error {
		o, _, err := r.owned(tx, actor, id)
		list = slices.DeleteFunc(slices.Clone(o.Invitations), func(i Invitation) bool { return !i.live(r.now()) })
		return err
	})
	return list, wrapped("list invitations", err)
}

// Invited is what an invitation is to, for whoever holds its token.
type Invited struct {
	Organization Organization
	Invitation   Invitation
	By           string             // the inviter's name, masked
	Already      account.MemberRole // what the actor is there now
}

// Look tells a person who is signed in what the token invites to, without using it. A token that is unknown, used up,
// revoked or expired is fault.Gone "invitation_gone".
func (r *Register) Look(ctx context.Context, actor account.Actor, token string) (Invited, error) {
	if err := actor.Check(account.BookForSelf, ""); err != nil {
		return Invited{}, err
	}
	var found Invited
	err := r.store.View(ctx, func(tx store.Tx) error {
		o, _, at, err := r.invited(tx, token)
		if err != nil {
			return err
		}
		found = Invited{Organization: o, Invitation: o.Invitations[at], Already: o.RoleOf(actor.ID)}
		by, err := r.accounts.Of(tx, found.Invitation.By)
		if err == nil {
			found.By = memberName(by)
		} else if fault.Is(err, fault.NotFound) {
			err = nil
		}
		return err
	})
	return found, wrapped("look at an invitation", err)
}

// Accept makes the actor, a person, a member with the role of the invitation, and tells the owners. Somebody who is a
// member with a lower role gets the higher one; with the same or a higher one it is fault.Conflict "already_member" and
// the invitation stays as it is. Other faults: "invitation_gone" (Gone), "organizations_many", "members_many" (Conflict).
func (r *Register) Accept(ctx context.Context, actor account.Actor, token string) (Organization, error) {
	if err := actor.Check(account.BookForSelf, ""); err != nil {
		return Organization{}, err
	}
	var joined Organization
	err := r.store.Update(ctx, func(tx store.Tx) error {
		o, stored, at, err := r.invited(tx, token)
		if err != nil {
			return err
		}
		role := o.Invitations[at].Role
		if o, err = o.joinedBy(actor.ID, role, r.now()); err != nil {
			return err
		}
		o.Invitations = slices.Clone(o.Invitations)
		if o.Invitations[at].Left--; o.Invitations[at].Left == 0 {
			o.Invitations = slices.Delete(o.Invitations, at, at+1)
		}
		if err := r.accounts.SetMember(tx, actor.ID, o.ID, role); err != nil {
			return err
		}
		if err := r.record(tx, actor, o, "member.joined", nil, map[string]any{"member": actor.ID, "role": role}); err != nil {
			return err
		}
		if joined, err = r.save(tx, stored, o); err != nil {
			return err
		}
		return r.tellJoined(tx, joined, actor.ID, role)
	})
	return joined, wrapped("accept an invitation", err)
}

func (r *Register) tellJoined(tx store.Tx, o Organization, person string, role account.MemberRole) error {
	who, err := r.accounts.Of(tx, person)
	if err != nil {
		return err
	}
	return r.tellOwners(tx, o, notice.OrganizationJoined, map[string]string{"member": memberName(who), "role": string(role)}, person)
}

// joinedBy is the organization with one more member, or with a member in a higher role.
func (o Organization) joinedBy(person string, role account.MemberRole, now time.Time) (Organization, error) {
	at := o.indexOf(person)
	o.Members = slices.Clone(o.Members)
	switch {
	case at >= 0 && o.Members[at].Role.AtLeast(role):
		return o, fault.New(fault.Conflict, "already_member", "You are a member of this organization already.")
	case at >= 0:
		o.Members[at].Role = role
	case len(o.Members) >= MaxMembers:
		return o, fault.New(fault.Conflict, "members_many", "An organization has at most %d members.", MaxMembers).With("max", MaxMembers)
	default:
		o.Members = append(o.Members, Member{Account: person, Role: role, Since: now})
	}
	return o, nil
}

// invited finds what a token invites to.
func (r *Register) invited(tx store.Tx, token string) (now, stored Organization, at int, err error) {
	organization, half, _ := strings.Cut(token, ".")
	secret, decodeErr := base64.RawURLEncoding.Strict().DecodeString(half)
	if decodeErr != nil || len(secret) != 32 || len(organization) != 26 {
		return now, stored, -1, errInvitationGone()
	}
	if now, stored, err = r.read(tx, organization); err != nil {
		if fault.Is(err, fault.NotFound) {
			err = errInvitationGone()
		}
		return now, stored, -1, err
	}
	sum := hash(secret)
	for i, one := range now.Invitations {
		if subtle.ConstantTimeCompare(one.Hash, sum) == 1 && one.live(r.now()) {
			return now, stored, i, nil
		}
	}
	return now, stored, -1, errInvitationGone()
}

func (i Invitation) live(now time.Time) bool { return i.Left > 0 && now.Before(i.Expires) }

func hash(secret []byte) []byte {
	sum := sha256.Sum256(secret)
	return sum[:]
}

func errInvitationGone() *fault.Error {
	return fault.New(fault.Gone, "invitation_gone", "This invitation was used, withdrawn or has expired. Ask for a new one.")
}
