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
}

// Actor returns the account as one who acts and has proved to be staff. Authenticate says how far a session has.
func (a Account) Actor() Actor {
	return Actor{
		ID: a.ID, Kind: a.Kind, Name: a.Name, Called: a.Called(), Group: a.Group, Language: a.Language,
		Grants: a.Grants, Members: a.Members,
	}
}
