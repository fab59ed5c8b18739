// Package organization owns the registration of community organizations: who they say they are, the documents that show
// it, what staff decided and until when it counts, and who acts for them. It refuses to know what they book: an
// organization is an account of the same id, which holds the bookings. It keeps documents and never runs or shows them.
package organization

import (
	"slices"
	"time"

	"wenguan/models/account"
)

// Kind is what sort of organization it is.
type Kind string

// The kinds.
const (
	Association Kind = "association" // 社会团体
	Service     Kind = "service"     // 民办非企业单位（社会服务机构）
	Foundation  Kind = "foundation"  // 基金会
	Community   Kind = "community"   // 社区社会组织, on file with the street office and without a credit code of its own
	Troupe      Kind = "troupe"      // 文艺团队, likewise
	Institution Kind = "institution" // 事业单位
	Company     Kind = "company"     // 企业
	Other       Kind = "other"       // 其他
)

// Kinds are all of them, in the order in which pages offer them.
var Kinds = []Kind{Association, Service, Foundation, Community, Troupe, Institution, Company, Other}

// Valid reports whether the kind is one of Kinds.
func (k Kind) Valid() bool { return slices.Contains(Kinds, k) }

// NeedsCode reports whether an organization of this kind has a unified social credit code. Troupes and community
// organizations are put on file, not registered, so most have none.
func (k Kind) NeedsCode() bool { return k != Community && k != Troupe }

// Facts are what staff check against the documents and what a verification is for.
type Facts struct {
	Name string `bson:"name"`
	Code Code   `bson:"code,omitempty"`
	Kind Kind   `bson:"kind"`
}

// Form is what an owner fills in.
type Form struct {
	Facts   `bson:",inline"`
	Contact string `bson:"contact"` // the name of the person to ask
	Phone   string `bson:"phone"`   // E.164
	Email   string `bson:"email,omitempty"`
	Address string `bson:"address,omitempty"`
	About   string `bson:"about,omitempty"`
}

// Organization is a registration. Its one document is what everything about it collides on: members, invitations and the
// list of documents are in it, so that two rivals never both win.
type Organization struct {
	ID       string `bson:"_id"` // of its account, too
	Revision int64  `bson:"revision"`
	Form     `bson:",inline"`

	State     State      `bson:"state"`
	Since     time.Time  `bson:"since"`             // when it came into the state
	Checked   *Facts     `bson:"checked,omitempty"` // what the verification is for, while there is one
	Until     *time.Time `bson:"until,omitempty"`   // when the verification ends; it may outlast the state Verified
	Warned    bool       `bson:"warned,omitempty"`  // the owners were told that it ends soon
	Reason    string     `bson:"reason,omitempty"`  // of the last refusal or withdrawal, for the owners
	DecidedBy string     `bson:"decided_by,omitempty"`
	DecidedAt *time.Time `bson:"decided_at,omitempty"`
	History   []Step     `bson:"history,omitempty"` // oldest first, the last maxHistory

	Members     []Member     `bson:"members"`
	Invitations []Invitation `bson:"invitations,omitempty"`
	Documents   []Document   `bson:"documents,omitempty"`

	CreatedAt time.Time `bson:"created"`

	Names map[string]string `bson:"-"` // of who decided, by account id; only in what staff get from Get
}

// Step is one change of state.
type Step struct {
	At     time.Time  `bson:"at"`
	By     string     `bson:"by,omitempty"` // account id, "" for the clock
	Event  Event      `bson:"event"`
	State  State      `bson:"state"` // after it
	Reason string     `bson:"reason,omitempty"`
	Until  *time.Time `bson:"until,omitempty"`
}

// Member is a person who acts for the organization.
type Member struct {
	Account string             `bson:"account"`
	Role    account.MemberRole `bson:"role"`
	Since   time.Time          `bson:"since"`
}

// Document is what is known of an uploaded file; Content is kept elsewhere.
type Document struct {
	ID   string    `bson:"id"`
	Name string    `bson:"name"` // safe to show and to save under
	Type string    `bson:"type"` // application/pdf, image/jpeg or image/png, by its content
	Size int64     `bson:"size"`
	At   time.Time `bson:"at"`
	By   string    `bson:"by"`
}

// Limits of one organization.
const (
	MaxMembers     = 200
	MaxInvitations = 20
	MaxDocuments   = 10
	maxHistory     = 50
)

// RoleOf is the role of an account in the organization, "" for none.
func (o Organization) RoleOf(id string) account.MemberRole {
	for _, m := range o.Members {
		if m.Account == id {
			return m.Role
		}
	}
	return ""
}

// Owners are the accounts of its owners.
func (o Organization) Owners() []string {
	var list []string
	for _, m := range o.Members {
		if m.Role == account.Owner {
			list = append(list, m.Account)
		}
	}
	return list
}
