package account

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"golang.org/x/text/unicode/norm"

	"wenguan/models/fault"
	"wenguan/models/store"
)

const (
	byName     = "name"
	byTail     = "tail"
	byGuardian = "guardian"

	tailDigits = 4
)

// searchable are the indexes of accounts. MarshalBSON writes find and tail.
var searchable = []store.Index{
	{Name: byName, Fields: []string{"find"}},
	{Name: byTail, Fields: []string{"tail", "find"}},
	{Name: byGuardian, Fields: []string{"guardian"}}, // only family members have it
	{Name: bySeen, Fields: []string{"seen"}},
	{Name: byStaff, Fields: []string{"staff", "find"}}, // only who has a grant is in it
}

// MarshalBSON writes the account with what it is found by, so that no verb can forget to keep that right: the name as
// searches compare it and the last four digits of the phone number. What was erased has neither and is never found.
func (a Account) MarshalBSON() ([]byte, error) {
	type plain Account
	doc := struct {
		Plain plain   `bson:",inline"`
		Find  *string `bson:"find,omitempty"`
		Tail  string  `bson:"tail,omitempty"`
		Staff bool    `bson:"staff,omitempty"`
	}{Plain: plain(a), Staff: len(a.Grants) > 0}
	if a.ErasedAt == nil {
		name := comparable(a.Name)
		doc.Find, doc.Tail = &name, tail(a.Phone)
	}
	return bson.Marshal(doc)
}

// comparable is a name as searches compare it: one width, one space, lower case.
func comparable(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(name)), " "))
}

// tail is the last four digits of a phone number, "" of none.
func tail(phone string) string {
	if len(phone) <= tailDigits {
		return ""
	}
	return phone[len(phone)-tailDigits:]
}

// found is the account as a search shows it.
func (a Account) found() Found {
	name := a.Called()
	if a.Kind != Organization {
		name = Mask(name)
	}
	born, _ := a.Born()
	return Found{ID: a.ID, Kind: a.Kind, Name: name, Last4: tail(a.Phone), BirthYear: born}
}

// wanted is what somebody typed into a search, read.
type wanted struct {
	address Address
	name    string // the beginning of it, comparable
	tail    string
}

// parseWanted reads what was typed. Digits that are neither four nor a phone number find nobody.
func parseWanted(typed string) wanted {
	typed = strings.TrimSpace(norm.NFKC.String(typed))
	if address, err := ParseAddress(typed); err == nil {
		return wanted{address: address}
	}
	words := strings.Fields(typed)
	if len(words) == 0 {
		return wanted{}
	}
	last := words[len(words)-1]
	if strings.Trim(last, "0123456789") == "" {
		if len(last) != tailDigits {
			return wanted{}
		}
		return wanted{tail: last, name: comparable(strings.Join(words[:len(words)-1], " "))}
	}
	return wanted{name: comparable(typed)}
}

// by says for the audit what somebody was searched by, without saying for whom.
func (w wanted) by() string {
	var by []string
	for _, one := range []struct{ what, value string }{{"address", string(w.address)}, {"name", w.name}, {"last4", w.tail}} {
		if one.value != "" {
			by = append(by, one.what)
		}
	}
	return strings.Join(by, " ")
}

// search returns the accounts that match, at most one more than are shown.
func (d *Directory) search(tx store.Tx, want wanted) ([]Account, error) {
	q := store.Query{Index: byName, Limit: maxFound + 1}
	switch {
	case want.address != "":
		return d.household(tx, want.address)
	case want.tail != "":
		q.Index, q.Equal = byTail, []any{want.tail}
	case want.name == "":
		return nil, nil
	}
	if want.name != "" {
		q.From, q.Before = want.name, want.name+"\U0010ffff" // after every name that begins so
	}
	return store.All[Account](tx, accounts, q)
}

// household is the account of an address and the family it books for.
func (d *Directory) household(tx store.Tx, address Address) ([]Account, error) {
	a, err := d.byAddress(tx, address)
	if fault.Is(err, fault.NotFound) || err == nil && a.ErasedAt != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	family, err := store.All[Account](tx, accounts, store.Query{Index: byGuardian, Equal: []any{a.ID}, Limit: maxFound})
	return slices.Concat([]Account{a}, family), err
}

// showFound masks what a search found and names the guardian of each family member.
func (d *Directory) showFound(tx store.Tx, list []Account) ([]Found, error) {
	shown := make([]Found, len(list))
	for i, a := range list {
		shown[i] = a.found()
		if a.Guardian == "" {
			continue
		}
		guardian, err := d.Of(tx, a.Guardian)
		if err != nil {
			return nil, err
		}
		shown[i].Guardian = guardian.found().Name
	}
	return shown, nil
}

// searchableID is the fact that every account has been written with what it is found by.
const searchableID = "searchable"

// makeSearchable writes accounts from before there were searches once more, a page at a time; once in the life of a store.
func (d *Directory) makeSearchable(ctx context.Context) error {
	for after, done := "", false; !done; {
		var next string
		err := d.store.Update(ctx, func(tx store.Tx) (err error) {
			next, done, err = writeAgain(tx, after)
			return err
		})
		if err != nil {
			return fmt.Errorf("make accounts searchable: %w", err)
		}
		after = next
	}
	return nil
}

// writeAgain writes the accounts after a cursor and returns the cursor of those that follow, or that all are done.
func writeAgain(tx store.Tx, after string) (next string, done bool, err error) {
	var fact struct {
		ID string `bson:"_id"`
	}
	if err := tx.Get(facts, searchableID, &fact); !fault.Is(err, fault.NotFound) {
		return "", true, err
	}
	page, next, err := store.Page[Account](tx, accounts, store.Query{Limit: 500, After: after})
	if err != nil {
		return "", false, err
	}
	for _, a := range page {
		if err := tx.Replace(accounts, a); err != nil {
			return "", false, err
		}
	}
	if next != "" {
		return next, false, nil
	}
	fact.ID = searchableID
	return "", true, tx.Insert(facts, fact)
}
