package organization

import (
	"context"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wenguan/models/account"
	"wenguan/models/fault"
	"wenguan/models/id"
	"wenguan/models/store"
)

// maxFileName is the longest name of a document in characters, its ending included.
const maxFileName = 80

// AddDocument keeps a file for staff to look at. Only an owner can. replaces is the id of a document that it takes the
// place of, "" for none. Faults: "document_empty", "document_large", "document_type", "document_broken",
// "document_active" (Invalid), "documents_many" (Conflict), "document_not_found".
func (r *Register) AddDocument(ctx context.Context, actor account.Actor, id, name string, data []byte, replaces string) (Document, error) {
	if err := checkSize(data); err != nil {
		return Document{}, err
	}
	if err := r.mayAdd(ctx, actor, id); err != nil { // before anything is decoded
		return Document{}, err
	}
	kind, stored, err := r.decode(ctx, data)
	if err != nil {
		return Document{}, err
	}
	d := r.document(actor, name, kind, stored)
	_, err = r.change(ctx, actor, id, func(tx store.Tx, o Organization) (Organization, error) {
		if o, err = r.without(tx, o, replaces); err != nil {
			return o, err
		}
		if len(o.Documents) >= MaxDocuments {
			return o, fault.New(fault.Conflict, "documents_many", "There are %d documents already; delete one first.", MaxDocuments).With("max", MaxDocuments)
		}
		o.Documents = append(slices.Clone(o.Documents), d)
		if err := tx.Insert(contents, content{d.ID, o.ID, stored}); err != nil {
			return o, err
		}
		after := map[string]any{"document": d.ID, "type": d.Type, "size": d.Size}
		if replaces != "" {
			after["replaces"] = replaces
		}
		return o, r.record(tx, actor, o, "organization.document_added", nil, after)
	})
	return d, err
}

func (r *Register) mayAdd(ctx context.Context, actor account.Actor, id string) error {
	err := r.store.View(ctx, func(tx store.Tx) error {
		_, _, err := r.owned(tx, actor, id)
		return err
	})
	return wrapped("add a document", err)
}

// decode reads a document. Pictures take much memory for a moment, so one at a time has it.
func (r *Register) decode(ctx context.Context, data []byte) (kind string, stored []byte, err error) {
	select {
	case r.images <- struct{}{}:
		defer func() { <-r.images }()
	case <-ctx.Done():
		return "", nil, ctx.Err()
	}
	return readDocument(data)
}

func (r *Register) document(actor account.Actor, name, kind string, stored []byte) Document {
	now := r.now()
	return Document{ID: id.New(now), Name: fileName(name, kind), Type: kind, Size: int64(len(stored)), At: now, By: actor.ID}
}

// RemoveDocument deletes a document for good. Only an owner can; the last one of a registration that waits for a
// decision or is verified stays ("document_needed"), though it can be replaced.
func (r *Register) RemoveDocument(ctx context.Context, actor account.Actor, id, document string) error {
	_, err := r.change(ctx, actor, id, func(tx store.Tx, o Organization) (Organization, error) {
		o, err := r.without(tx, o, document)
		if err != nil {
			return o, err
		}
		if o.State == Submitted || o.State == Verified {
			if err := o.complete(); err != nil {
				return o, err
			}
		}
		return o, r.record(tx, actor, o, "organization.document_removed", map[string]any{"document": document}, nil)
	})
	return err
}

// without is the organization without a document; "" is none.
func (r *Register) without(tx store.Tx, o Organization, document string) (Organization, error) {
	if document == "" {
		return o, nil
	}
	at := slices.IndexFunc(o.Documents, func(d Document) bool { return d.ID == document })
	if at < 0 {
		return o, errNoDocument()
	}
	o.Documents = slices.Delete(slices.Clone(o.Documents), at, at+1)
	return o, tx.Delete(contents, document)
}

// OpenDocument returns a document with its bytes: to owners, and to staff who verify, of whom it is recorded.
// fault.NotFound "document_not_found"; a member who is no owner is Forbidden "owner_needed".
func (r *Register) OpenDocument(ctx context.Context, actor account.Actor, id, document string) (Document, []byte, error) {
	var found Document
	var bytes content
	open := func(tx store.Tx) error {
		o, _, err := r.visible(tx, actor, id)
		if err != nil {
			return err
		}
		staff := actor.Check(account.VerifyOrganizations, "") == nil
		if o.RoleOf(actor.ID) != account.Owner && !staff {
			return fault.New(fault.Forbidden, "owner_needed", "Only an owner of the organization can do this.")
		}
		at := slices.IndexFunc(o.Documents, func(d Document) bool { return d.ID == document })
		if at < 0 {
			return errNoDocument()
		}
		found = o.Documents[at]
		if err := tx.Get(contents, document, &bytes); err != nil {
			return err
		}
		if o.RoleOf(actor.ID) == account.Owner {
			return nil
		}
		return r.saw(tx, actor, "documents", append(o.Owners(), found.By)...)
	}
	if actor.Check(account.VerifyOrganizations, "") == nil {
		return found, bytes.Data, wrapped("open a document", r.store.Update(ctx, open))
	}
	err := r.store.View(ctx, open)
	return found, bytes.Data, wrapped("open a document", err)
}

// fileName is a name to show and to save under: no folder, nothing invisible or that turns the writing round, nothing
// that a shell, a header or Windows reads as more than a letter, and the ending of its real type.
func fileName(name, kind string) string {
	name = path.Base(strings.ReplaceAll(norm.NFC.String(strings.ToValidUTF8(name, "")), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if hidden(r) || strings.ContainsRune("\"'`<>:|?*;&%$/\\", r) {
			return -1
		}
		return r
	}, name)
	ending := map[string]string{PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}[kind]
	name = strings.Trim(strings.TrimSuffix(name, path.Ext(name)), " .")
	if runes := []rune(name); len(runes) > maxFileName-len(ending) {
		name = strings.TrimSpace(string(runes[:maxFileName-len(ending)]))
	}
	if name == "" || !utf8.ValidString(name) {
		name = "document"
	}
	return name + ending
}

func errNoDocument() *fault.Error {
	return fault.New(fault.NotFound, "document_not_found", "There is no such document.")
}
