package handlers

import (
	"context"

	"wenguan/models/account"
)

// FoundPerson is somebody as a search at the counter shows them.
type FoundPerson struct {
	ID        string       `json:"id"`
	Kind      account.Kind `json:"kind" enum:"person,organization"`
	Name      string       `json:"name" doc:"A person's is masked." example:"王*明"`
	Last4     string       `json:"last4,omitempty" doc:"The end of the phone number; missing without one." example:"5678"`
	BirthYear int32        `json:"birth_year,omitempty" example:"1948"`
	Guardian  string       `json:"guardian,omitempty" doc:"Of a family member: who books for them, masked."`
}

// PersonView is somebody in clear, for staff who serve them.
type PersonView struct {
	ID        string        `json:"id"`
	Kind      account.Kind  `json:"kind" enum:"person,organization"`
	Name      string        `json:"name"`
	Phone     string        `json:"phone,omitempty" example:"+8613800138000"`
	BirthYear int32         `json:"birth_year,omitempty" doc:"Of a bound identity, or as somebody said."`
	Group     account.Group `json:"group,omitempty" enum:"residents,families,elders,organizations"`
	Note      string        `json:"note,omitempty" doc:"What staff wrote down; the person sees it too."`

	IdentityLast4 string `json:"identity_last4,omitempty" doc:"The end of the identity number, where a real name is bound." example:"002X"`
}

type findPeopleInput struct {
	Query string `query:"q" required:"true" minLength:"1" maxLength:"100" doc:"The beginning of a name, a phone number or its last four digits, or both: 王 5678."`
	Venue string `query:"venue" required:"true" minLength:"1" maxLength:"60" doc:"Where they are served."`
}

type findPeopleOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Items []FoundPerson `json:"items" doc:"At most 20, by name."`
		More  bool          `json:"more" doc:"Whether there are more, so that a longer name helps."`
	}
}

func (a *API) findPeople(ctx context.Context, in *findPeopleInput) (*findPeopleOutput, error) {
	found, more, err := a.Accounts.Find(ctx, ActorOf(ctx), in.Venue, in.Query)
	if err != nil {
		return nil, err
	}
	out := &findPeopleOutput{CacheControl: "no-store"}
	out.Body.Items, out.Body.More = []FoundPerson{}, more
	for _, f := range found {
		out.Body.Items = append(out.Body.Items, FoundPerson(f))
	}
	return out, nil
}

type makePersonInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key gives the same person again."`
	Body struct {
		Venue     string        `json:"venue" minLength:"1" maxLength:"60" doc:"Where they are served."`
		Name      string        `json:"name" minLength:"1" maxLength:"60"`
		Phone     string        `json:"phone,omitempty" maxLength:"30" doc:"Missing for somebody without one."`
		BirthYear int32         `json:"birth_year,omitempty" minimum:"0" maximum:"9999"`
		Group     account.Group `json:"group,omitempty" enum:"residents,families,elders"`
		Note      string        `json:"note,omitempty" maxLength:"100" doc:"What tells them apart; the person sees it too."`
		Consent   account.Told  `json:"consent,omitempty" enum:"oral,paper" default:"oral" doc:"How they have agreed to the privacy text in force, which staff explain first. It holds at the counter; who signs in later is asked again."`
	}
}

type madePerson struct {
	Location string `header:"Location"`
	Body     PersonView
}

func (a *API) makePerson(ctx context.Context, in *makePersonInput) (*madePerson, error) {
	text, err := a.Privacy.Current(ctx)
	if err != nil {
		return nil, err
	}
	made, err := a.Accounts.MakePerson(ctx, ActorOf(ctx), in.Body.Venue, account.PersonDraft{
		Name: in.Body.Name, Phone: in.Body.Phone, BirthYear: in.Body.BirthYear, Group: in.Body.Group, Note: in.Body.Note,
		Consent: &account.Consent{Version: text.Version, How: in.Body.Consent}, Key: in.Key,
	})
	if err != nil {
		return nil, err
	}
	return &madePerson{Prefix + "/people/" + made.ID, viewPerson(made)}, nil
}

type getPersonInput struct {
	Person string `path:"person" maxLength:"60"`
	Why    string `query:"why" required:"true" enum:"counter,booking" doc:"The person reads that staff looked, and why."`
	Venue  string `query:"venue" required:"true" minLength:"1" maxLength:"60" doc:"Where they are served."`
}

type personOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         PersonView
}

func (a *API) getPerson(ctx context.Context, in *getPersonInput) (*personOutput, error) {
	found, err := a.Accounts.Person(ctx, ActorOf(ctx), in.Person, account.LookRequest{Venue: in.Venue, Why: in.Why})
	if err != nil {
		return nil, err
	}
	return &personOutput{"no-store", viewPerson(found)}, nil
}

type updatePersonInput struct {
	Person string `path:"person" maxLength:"60"`
	Body   struct {
		Venue     string `json:"venue" minLength:"1" maxLength:"60" doc:"Where they are served."`
		BirthYear int32  `json:"birth_year" minimum:"1" maximum:"9999" doc:"For rules about age, as they say it at the counter." example:"1948"`
	}
}

func (a *API) updatePerson(ctx context.Context, in *updatePersonInput) (*personOutput, error) {
	changed, err := a.Accounts.SetBirthYear(ctx, ActorOf(ctx), in.Body.Venue, in.Person, in.Body.BirthYear)
	return &personOutput{"no-store", viewPerson(changed)}, err
}

func viewPerson(a account.Account) PersonView {
	born, _ := a.Born()
	view := PersonView{ID: a.ID, Kind: a.Kind, Name: a.Name, Phone: a.Phone, BirthYear: born, Group: a.Group, Note: a.Note}
	if a.Identity != nil {
		view.IdentityLast4 = a.Identity.Last4
	}
	return view
}
