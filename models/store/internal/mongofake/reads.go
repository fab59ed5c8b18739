package mongofake

import (
	"go.mongodb.org/mongo-driver/v2/bson"
)

// cursor is what a find has yet to send.
type cursor struct {
	name string
	rest []bson.Raw
}

func (s *Server) find(command bson.Raw) (bson.D, *refusal) {
	t, r := s.transaction(command)
	if r != nil {
		return nil, r
	}
	c, name := s.target(command)
	if c == nil {
		return nil, refuse(codeIllegal, "the engine must create %s first", name)
	}
	snapshot := s.clock
	if t != nil {
		snapshot = t.snapshot
	} else {
		if level, _ := command.Lookup("readConcern", "level").StringValueOK(); level != "snapshot" {
			return nil, refuse(codeBadValue, "the engine must read a snapshot, not %q", level)
		}
		if at, err := command.LookupErr("readConcern", "atClusterTime"); err == nil {
			seconds, _ := at.Timestamp()
			snapshot = int64(seconds)
		}
	}
	filter := command.Lookup("filter").Document()
	order, sorted := command.Lookup("sort").DocumentOK()
	if sorted {
		if r := c.serves(filter, order); r != nil {
			return nil, r
		}
	} else if id := filter.Lookup("_id"); id.Type != bson.TypeString {
		return nil, refuse(codeBadValue, "the engine must find by _id or with a sort, not %s", filter)
	}
	found := c.selected(filter, snapshot, t)
	sortBy(found, order)
	if limit, err := command.LookupErr("limit"); err == nil && limit.AsInt64() > 0 && int(limit.AsInt64()) < len(found) {
		found = found[:limit.AsInt64()]
	}
	answer, rest := batch(found, command, 101)
	s.lastID++
	at := bson.Timestamp{T: uint32(snapshot)}
	return s.reply(name, "firstBatch", answer, rest, s.lastID, bson.E{Key: "atClusterTime", Value: at}), nil
}

// selected are the documents a filter selects.
func (c *space) selected(filter bson.Raw, snapshot int64, t *txn) (found []bson.Raw) {
	consider := func(id string) {
		if raw := c.at(id, snapshot, t); raw != nil && matches(raw, filter) {
			found = append(found, raw)
		}
	}
	for id := range c.docs {
		consider(id)
	}
	if t != nil {
		for id := range t.writes[c] {
			if _, counted := c.docs[id]; !counted {
				consider(id)
			}
		}
	}
	return found
}

func (s *Server) getMore(command bson.Raw) (bson.D, *refusal) {
	id := command.Lookup("getMore").AsInt64()
	open := s.cursors[id]
	if open == nil {
		return nil, refuse(43, "no such cursor")
	}
	answer, rest := batch(open.rest, command, 1<<30)
	return s.reply(open.name, "nextBatch", answer, rest, id), nil
}

func batch(found []bson.Raw, command bson.Raw, normal int64) (now bson.A, rest []bson.Raw) {
	size := normal
	if v, err := command.LookupErr("batchSize"); err == nil && v.AsInt64() > 0 {
		size = v.AsInt64()
	}
	bytes := 0
	for n, raw := range found {
		if bytes += len(raw); int64(n) == size || n > 0 && bytes > 16<<20 {
			return now, found[n:]
		}
		now = append(now, raw)
	}
	return now, nil
}

func (s *Server) reply(name, key string, answer bson.A, rest []bson.Raw, id int64, more ...bson.E) bson.D {
	delete(s.cursors, id)
	if len(rest) > 0 {
		s.cursors[id] = &cursor{name, rest}
	} else {
		id = 0
	}
	if answer == nil {
		answer = bson.A{}
	}
	c := bson.D{{Key: "id", Value: id}, {Key: "ns", Value: name}, {Key: key, Value: answer}}
	return bson.D{{Key: "cursor", Value: append(c, more...)}}
}
