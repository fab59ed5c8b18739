package rule

// Who says for whom the place is.
type Who struct {
	Audience      Audience `bson:"audience,omitempty" json:"audience,omitempty"`                   // "" is Everybody
	RealNameOnly  bool     `bson:"real_name,omitempty" json:"real_name_only,omitempty"`            // who books has bound a real name to their account
	VerifiedOnly  bool     `bson:"verified,omitempty" json:"verified_only,omitempty"`              // organizations whose registration staff have checked
	MinAge        int32    `bson:"age_min,omitempty" json:"min_age,omitempty"`                     // years, reached in the year of the booking
	MaxAge        int32    `bson:"age_max,omitempty" json:"max_age,omitempty"`                     // years; 0 no limit
	ChildUnder    int32    `bson:"child,omitempty" json:"child_under,omitempty"`                   // who is younger comes only with a guardian in the same booking
	ChildrenEach  int32    `bson:"children_each,omitempty" json:"children_per_guardian,omitempty"` // under that age, for each adult of the booking; 0 no limit
	GroupMin      int32    `bson:"group_min,omitempty" json:"group_min,omitempty"`                 // people, when an organization books; 0 is party_min
	GroupMax      int32    `bson:"group_max,omitempty" json:"group_max,omitempty"`                 // the same; 0 is party_max
	ExemptAge     int32    `bson:"exempt_age,omitempty" json:"exempt_age,omitempty"`               // who has reached it may walk in on any day
	ExemptGroups  []string `bson:"exempt,omitempty" json:"exempt_groups,omitempty"`                // and these groups: elders, families, disabled
	PurposeNeeded bool     `bson:"purpose,omitempty" json:"purpose_required,omitempty"`            // say what for
	Letter        *Letter  `bson:"letter,omitempty" json:"letter,omitempty"`                       // accept it to book
}

// Audience is who may book at all.
type Audience string

// The audiences.
const (
	Everybody     Audience = "everybody"
	Residents     Audience = "residents"     // people for themselves and their families
	Organizations Audience = "organizations" // registered community organizations
)

// Audiences are all audiences.
func Audiences() []Audience { return []Audience{Everybody, Residents, Organizations} }

// ExemptGroupsOf are the groups that a book may let walk in.
func ExemptGroupsOf() []string { return []string{"elders", "families", "disabled"} }

// Letter is a text to accept before booking, such as a safety responsibility letter (《场地使用安全责任书》). The booking
// keeps the version that was accepted.
type Letter struct {
	Version int32 `bson:"v" json:"version"` // grows with every change of the text
	Title   Text  `bson:"title" json:"title"`
	Body    Text  `bson:"body" json:"body"`
}

// adult is the age from which anybody may be a guardian where nobody is on record.
const adult = 18
