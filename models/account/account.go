// Package account owns who people are: accounts, roles and what they permit, sign-in codes and links, sessions.
// It refuses to say whether an account exists. It sends nothing itself; it puts notices into the outbox.
package account

import "time"

// Kind of an account.
type Kind string

// The kinds of account.
const (
	Person       Kind = "person"
	Organization Kind = "organization" // 社会组织; package organization keeps its registration and its members
)

// Group is what utilization is broken down by; chosen by the person, empty counts as residents.
type Group string

// The groups.
const (
	Residents     Group = "residents"
	Families      Group = "families"
	Elders        Group = "elders"
	Organizations Group = "organizations"
)

// Valid reports whether the group is one of the four.
func (g Group) Valid() bool {
	switch g {
	case Residents, Families, Elders, Organizations:
		return true
	}
	return false
}

func validLanguage(tag string) bool { return tag == "zh-CN" || tag == "en" }

// Account is somebody who can sign in or be booked for.
type Account struct {
	ID        string    `bson:"_id"`
	Kind      Kind      `bson:"kind"`
	Name      string    `bson:"name"`
	Phone     string    `bson:"phone,omitempty"` // E.164, +8613800000000
	Email     string    `bson:"email,omitempty"` // lower case
	Group     Group     `bson:"group,omitempty"`
	Language  string    `bson:"lang,omitempty"` // "zh-CN" or "en"
	Grants    []Grant   `bson:"grants,omitempty"`
	Members   []Member  `bson:"members,omitempty"` // the organizations this person acts for
	CreatedAt time.Time `bson:"created_at"`

	Family        []string   `bson:"family,omitempty"`   // account ids of those this person books for; their Guardian is this account
	Guardian      string     `bson:"guardian,omitempty"` // of a family member, who has no address: the account that books for them
	Note          string     `bson:"note,omitempty"`     // what staff wrote down to tell the person apart; the person sees it
	BirthYear     int32      `bson:"birth,omitempty"`    // as the person, their guardian or staff said; 0 where nobody asked. Born is what counts
	Identity      *Identity  `bson:"identity,omitempty"` // once a real name is bound
	VerifiedUntil *time.Time `bson:"verified,omitempty"` // of an organization: until when its registration counts as verified
	Consent       *Consent   `bson:"consent,omitempty"`  // to which version of the privacy text, and when
	SeenAt        time.Time  `bson:"seen,omitempty"`     // the day it was last used
	WarnedAt      *time.Time `bson:"warned,omitempty"`   // when its person was told that it will be erased for not being used
	ErasedAt      *time.Time `bson:"erased,omitempty"`   // since when nothing personal is left of it
}

// Identity is a bound real name, without the number: a keyed hash tells the same number again, four characters remind
// its owner which it is.
type Identity struct {
	Hash  []byte    `bson:"hash"`
	Last4 string    `bson:"last4"`
	At    time.Time `bson:"at"`
	By    Means     `bson:"by"` // how it was proved: ByCode by the person's own word, ByProvider by a provider's

	BirthYear int32 `bson:"birth,omitempty"` // of the date in the number; 0 for those bound before it was kept
}

// Consent says which version of the privacy text somebody agreed to.
type Consent struct {
	Version int32     `bson:"v" json:"version"`
	At      time.Time `bson:"at" json:"at"`
	How     Told      `bson:"how,omitempty" json:"how,omitempty"` // "" for those who have agreed by themselves
}

// Told is how somebody has let staff at a counter know that they agree.
type Told string

// The ways.
const (
	Orally  Told = "oral"
	OnPaper Told = "paper"
)

// Verified reports whether the registration of an organization counts at the moment.
func (a Account) Verified(now time.Time) bool {
	return a.VerifiedUntil != nil && now.Before(*a.VerifiedUntil)
}

// Born is the year of birth of an account, 0 if nobody knows: that of the bound identity number, which is attested, or else
// what somebody said.
func (a Account) Born() (year int32, attested bool) {
	if a.Identity != nil && a.Identity.BirthYear != 0 {
		return a.Identity.BirthYear, true
	}
	return a.BirthYear, false
}

// Actor returns the account as one who acts and has proved to be staff. Authenticate says how far a session has.
func (a Account) Actor() Actor {
	born, attested := a.Born()
	return Actor{
		BirthYear: born, Attested: attested,
		ID: a.ID, Kind: a.Kind, Name: a.Name, Called: a.Called(), Group: a.Group, Language: a.Language,
		Grants: a.Grants, Members: a.Members, Family: a.Family, RealName: a.Identity != nil,
	}
}
