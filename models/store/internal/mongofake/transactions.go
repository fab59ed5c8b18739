package mongofake

import (
	"bytes"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// txn is an open transaction: its snapshot and its writes.
type txn struct {
	number   int64
	snapshot int64
	writes   map[*space]map[string]bson.Raw // nil: deleted
}

func inTransaction(command bson.Raw) bool {
	auto, err := command.LookupErr("autocommit")
	return err == nil && !auto.Boolean()
}

func sessionOf(command bson.Raw) string {
	_, id := command.Lookup("lsid", "id").Binary()
	return string(id)
}

// transaction is the one a command belongs to, begun by its first command; nil if it belongs to none.
func (s *Server) transaction(command bson.Raw) (*txn, *refusal) {
	if !inTransaction(command) {
		return nil, nil
	}
	session, number := sessionOf(command), command.Lookup("txnNumber").AsInt64()
	if start, err := command.LookupErr("startTransaction"); err == nil && start.Boolean() {
		if level, _ := command.Lookup("readConcern", "level").StringValueOK(); level != "snapshot" {
			return nil, refuse(codeBadValue, "the engine must read a snapshot, not %q", level)
		}
		s.rollback(s.open[session])
		s.open[session] = &txn{number: number, snapshot: s.clock, writes: map[*space]map[string]bson.Raw{}}
	}
	t := s.open[session]
	if t == nil || t.number != number {
		return nil, &refusal{codeNoTransaction, "no such transaction", []string{labelTransient}}
	}
	return t, nil
}

func (s *Server) commit(command bson.Raw) (bson.D, *refusal) {
	session, number := sessionOf(command), command.Lookup("txnNumber").AsInt64()
	if w, _ := command.Lookup("writeConcern", "w").StringValueOK(); w != "majority" {
		return nil, refuse(codeBadValue, "the engine must commit with majority, not %q", w)
	}
	t := s.open[session]
	if t == nil || t.number != number {
		if s.decided[session] == number {
			return nil, nil // again, because the first answer was lost
		}
		return nil, &refusal{codeNoTransaction, "no such transaction", []string{labelTransient}}
	}
	s.clock++
	for c, writes := range t.writes {
		for id, raw := range writes {
			c.docs[id] = append(c.docs[id], version{s.clock, raw})
		}
	}
	s.end(session, t)
	s.decided[session] = number
	return nil, nil
}

func (s *Server) abort(command bson.Raw) (bson.D, *refusal) {
	session := sessionOf(command)
	if s.open[session] == nil {
		return nil, refuse(codeNoTransaction, "no such transaction")
	}
	s.end(session, s.open[session])
	return nil, nil
}

func (s *Server) end(session string, t *txn) {
	s.rollback(t)
	delete(s.open, session)
}

// rollback frees what the transaction has locked.
func (s *Server) rollback(t *txn) {
	if t == nil {
		return
	}
	for c, writes := range t.writes {
		for id := range writes {
			delete(c.locks, id)
		}
	}
}

// at is the document as a snapshot and a transaction (nil: none) see it; nil if there is none.
func (c *space) at(id string, snapshot int64, t *txn) bson.Raw {
	if t != nil {
		if raw, written := t.writes[c][id]; written {
			return raw
		}
	}
	versions := c.docs[id]
	for n := len(versions) - 1; n >= 0; n-- {
		if versions[n].at <= snapshot {
			return versions[n].raw
		}
	}
	return nil
}

// write puts a version of a document (nil: its deletion) into the transaction.
func (c *space) write(t *txn, id string, raw bson.Raw) *refusal {
	conflict := &refusal{codeWriteConflict, "WriteConflict", []string{labelTransient}}
	if owner := c.locks[id]; owner != nil && owner != t {
		return conflict
	}
	if v := c.docs[id]; len(v) > 0 && v[len(v)-1].at > t.snapshot {
		return conflict
	}
	for _, i := range c.indexes {
		if key, in := i.key(raw); in && i.unique {
			if r := c.unique(t, i, id, key, conflict); r != nil {
				return r
			}
		}
	}
	if t.writes[c] == nil {
		t.writes[c] = map[string]bson.Raw{}
	}
	t.writes[c][id], c.locks[id] = raw, t
	return nil
}

// unique refuses a key that another document has in the transaction's view, or has been given meanwhile.
func (c *space) unique(t *txn, i index, id, key string, conflict *refusal) *refusal {
	for other, versions := range c.docs {
		if other == id {
			continue
		}
		if k, in := i.key(c.at(other, t.snapshot, t)); in && k == key {
			return refuse(codeDuplicateKey, "E11000 duplicate key error collection: x index: %s dup key: {}", i.name)
		}
		if k, in := i.key(versions[len(versions)-1].raw); in && k == key && versions[len(versions)-1].at > t.snapshot {
			return conflict
		}
	}
	for other, owner := range c.locks {
		if k, in := i.key(owner.writes[c][other]); other != id && in && k == key {
			if owner == t {
				return refuse(codeDuplicateKey, "E11000 duplicate key error collection: x index: %s dup key: {}", i.name)
			}
			return conflict
		}
	}
	return nil
}

// writeOne does one write of a command and reports whether it met a document.
type writeOne func(*space, *txn, bson.Raw) (bool, *refusal)

// change runs one write command; an error ends the transaction, as on a server.
func (s *Server) change(command bson.Raw, list string, one writeOne) (bson.D, *refusal) {
	t, r := s.transaction(command)
	if r != nil {
		return nil, r
	}
	c, name := s.target(command)
	if t == nil || c == nil {
		return nil, refuse(codeIllegal, "the engine must write to %s in a transaction, after creating it", name)
	}
	var n int32
	for _, part := range parts(command.Lookup(list)) {
		done, r := one(c, t, part)
		if done {
			n++
		}
		if r == nil {
			continue
		}
		s.end(sessionOf(command), t)
		if r.code != codeDuplicateKey {
			return nil, r
		}
		return bson.D{{Key: "n", Value: n}, {Key: "writeErrors", Value: bson.A{
			bson.D{{Key: "index", Value: int32(0)}, {Key: "code", Value: r.code}, {Key: "errmsg", Value: r.text}},
		}}}, nil
	}
	return bson.D{{Key: "n", Value: n}, {Key: "nModified", Value: n}}, nil
}

func (s *Server) insert(command bson.Raw) (bson.D, *refusal) {
	return s.change(command, "documents", func(c *space, t *txn, doc bson.Raw) (bool, *refusal) {
		id := doc.Lookup("_id").StringValue()
		if c.at(id, t.snapshot, t) != nil {
			return false, refuse(codeDuplicateKey, "E11000 duplicate key error collection: x index: _id_ dup key: {}")
		}
		r := c.write(t, id, bytes.Clone(doc))
		return r == nil, r
	})
}

func (s *Server) update(command bson.Raw) (bson.D, *refusal) {
	return s.change(command, "updates", func(c *space, t *txn, one bson.Raw) (bool, *refusal) {
		id, doc := one.Lookup("q", "_id").StringValue(), one.Lookup("u").Document()
		old := c.at(id, t.snapshot, t)
		if old == nil || bytes.Equal(old, doc) {
			return old != nil, nil
		}
		r := c.write(t, id, bytes.Clone(doc))
		return r == nil, r
	})
}

func (s *Server) delete(command bson.Raw) (bson.D, *refusal) {
	return s.change(command, "deletes", func(c *space, t *txn, one bson.Raw) (bool, *refusal) {
		id := one.Lookup("q", "_id").StringValue()
		if c.at(id, t.snapshot, t) == nil {
			return false, nil
		}
		r := c.write(t, id, nil)
		return r == nil, r
	})
}
