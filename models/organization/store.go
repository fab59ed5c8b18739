package organization

import (
	"slices"

	"wenguan/models/fault"
	"wenguan/models/store"
)

// The collections. A credit code is unique because a document has it as its _id.
const (
	organizations = "organizations"
	claimed       = "organization_codes"
	contents      = "organization_documents"

	byState = "state"
	byUntil = "until"
)

// Collections declares what the register keeps.
func Collections() []store.Collection {
	return []store.Collection{
		{Name: organizations, Indexes: []store.Index{
			{Name: byState, Fields: []string{"state", "since"}},
			{Name: byUntil, Fields: []string{"until"}}, // those with a verification
		}},
		{Name: claimed},
		{Name: contents},
	}
}

// claim says whose a code is.
type claim struct {
	ID           string `bson:"_id"` // the Code
	Organization string `bson:"organization"`
}

// content is the bytes of a document.
type content struct {
	ID           string `bson:"_id"`
	Organization string `bson:"organization"`
	Data         []byte `bson:"data"`
}

// read returns the registration as the clock has it, and as it is stored, which is what save compares with.
func (r *Register) read(tx store.Tx, id string) (now, stored Organization, err error) {
	err = tx.Get(organizations, id, &stored)
	if fault.Is(err, fault.NotFound) {
		return now, stored, errNotFound()
	}
	return stored.at(r.now()), stored, err
}

// save replaces the registration and what follows from it: the codes it claims, and name and verification of its
// account. was is what read said is stored.
func (r *Register) save(tx store.Tx, was, is Organization) (Organization, error) {
	if was.Until != nil && !r.now().Before(*was.Until) { // the clock has ended it, and this is the first to write it down
		if err := r.expired(tx, is); err != nil {
			return is, err
		}
	}
	if err := r.claimCodes(tx, was, is); err != nil {
		return is, err
	}
	if was.ShownName() != is.ShownName() {
		if err := r.accounts.RenameOrganization(tx, is.ID, is.ShownName()); err != nil {
			return is, err
		}
	}
	if (was.Until == nil) != (is.Until == nil) || was.Until != nil && !was.Until.Equal(*is.Until) {
		if err := r.accounts.SetVerified(tx, is.ID, is.Until); err != nil {
			return is, err
		}
	}
	is.Revision = was.Revision + 1
	return is, tx.Replace(organizations, is)
}

// claimCodes gives up the codes that are no longer claimed and takes the new ones; fault.Conflict "code_taken".
func (r *Register) claimCodes(tx store.Tx, was, is Organization) error {
	before, after := was.claims(), is.claims()
	for _, code := range before {
		if !slices.Contains(after, code) {
			if err := tx.Delete(claimed, string(code)); err != nil {
				return err
			}
		}
	}
	for _, code := range after {
		if slices.Contains(before, code) {
			continue
		}
		if err := r.claimCode(tx, code, is.ID); err != nil {
			return err
		}
	}
	return nil
}

// claimCode takes a code. One that is still kept for a verification that has run out is free.
func (r *Register) claimCode(tx store.Tx, code Code, organization string) error {
	var there claim
	err := tx.Get(claimed, string(code), &there)
	if fault.Is(err, fault.NotFound) {
		if err = tx.Insert(claimed, claim{string(code), organization}); fault.CodeOf(err) == "duplicate_id" {
			return errCodeTaken() // by a rival, meanwhile
		}
		return err
	}
	if err != nil {
		return err
	}
	holder, stored, err := r.read(tx, there.Organization)
	if err != nil {
		return err
	}
	if slices.Contains(holder.claims(), code) {
		return errCodeTaken()
	}
	if _, err := r.save(tx, stored, holder); err != nil { // its verification has run out: saving it frees the code
		return err
	}
	return tx.Insert(claimed, claim{string(code), organization})
}

func errCodeTaken() *fault.Error {
	return fault.New(fault.Conflict, "code_taken",
		"An organization with this credit code is registered already. Ask its owner to invite you, or ask our staff.").On("code")
}

func errNotFound() *fault.Error {
	return fault.New(fault.NotFound, "organization_not_found", "There is no such organization.")
}
