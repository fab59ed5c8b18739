package mongofake

import (
	"bytes"
	"strconv"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// space is a collection: the committed versions of its documents, oldest first, and who has an uncommitted one.
type space struct {
	docs    map[string][]version
	locks   map[string]*txn
	indexes []index
}

type version struct {
	at  int64
	raw bson.Raw // nil: deleted
}

type index struct {
	name   string
	keys   []string
	unique bool
	filter bson.Raw
	spec   bson.Raw
}

// target is the collection a command names.
func (s *Server) target(command bson.Raw) (*space, string) {
	elements, _ := command.Elements()
	name := command.Lookup("$db").StringValue() + "." + elements[0].Value().StringValue()
	return s.spaces[name], name
}

func (s *Server) create(command bson.Raw) (bson.D, *refusal) {
	if inTransaction(command) {
		return nil, refuse(codeIllegal, "the engine must not create a collection in a transaction")
	}
	c, name := s.target(command)
	if c != nil {
		return nil, refuse(codeNamespaceExists, "collection %s exists", name)
	}
	s.spaces[name] = &space{docs: map[string][]version{}, locks: map[string]*txn{}}
	return nil, nil
}

func (s *Server) createIndexes(command bson.Raw) (bson.D, *refusal) {
	c, name := s.target(command)
	if c == nil || inTransaction(command) {
		return nil, refuse(codeIllegal, "the engine must create %s first, outside a transaction", name)
	}
	for _, spec := range parts(command.Lookup("indexes")) {
		i := index{name: spec.Lookup("name").StringValue(), spec: spec}
		keys, _ := spec.Lookup("key").Document().Elements()
		for _, k := range keys {
			i.keys = append(i.keys, k.Key())
		}
		i.unique, _ = spec.Lookup("unique").BooleanOK()
		i.filter, _ = spec.Lookup("partialFilterExpression").DocumentOK()
		if r := c.add(i); r != nil {
			return nil, r
		}
	}
	return nil, nil
}

func (c *space) add(i index) *refusal {
	for _, other := range c.indexes {
		switch {
		case other.name == i.name && bytes.Equal(other.spec, i.spec):
			return nil
		case other.name == i.name:
			return refuse(codeKeySpecs, "index %s exists otherwise", i.name)
		}
	}
	seen := map[string]bool{}
	for _, versions := range c.docs {
		key, in := i.key(versions[len(versions)-1].raw)
		if in && i.unique && seen[key] {
			return refuse(codeDuplicateKey, "E11000 duplicate key error collection: x index: %s dup key: {}", i.name)
		}
		seen[key] = true
	}
	c.indexes = append(c.indexes, i)
	return nil
}

func (s *Server) dropIndexes(command bson.Raw) (bson.D, *refusal) {
	c, _ := s.target(command)
	for n, i := range c.indexes {
		if i.name == command.Lookup("index").StringValue() {
			c.indexes = append(c.indexes[:n:n], c.indexes[n+1:]...)
			return nil, nil
		}
	}
	return nil, refuse(codeIndexNotFound, "no such index")
}

func (s *Server) dropDatabase(command bson.Raw) (bson.D, *refusal) {
	for name := range s.spaces {
		if strings.HasPrefix(name, command.Lookup("$db").StringValue()+".") {
			delete(s.spaces, name)
		}
	}
	return nil, nil
}

// key is a document's key in the index as bytes to compare for equality; in is false if the filter leaves it out.
func (i *index) key(raw bson.Raw) (key string, in bool) {
	if raw == nil || !matches(raw, i.filter) {
		return "", false
	}
	var b strings.Builder
	for _, k := range i.keys {
		v := raw.Lookup(k)
		if class(v.Type) == 3 { // int32 and int64 alike
			v.Value = strconv.AppendInt(nil, v.AsInt64(), 10)
		}
		b.Write(v.Value)
		b.WriteByte(0xFF)
	}
	return b.String(), true
}

// serves refuses a query that a real server would answer by reading or sorting a whole collection: its sort must be the
// keys of an index, in one direction, and its filter must name every field that the index's own filter names.
func (c *space) serves(filter, order bson.Raw) *refusal {
	sorts, _ := order.Elements()
	var fields []string
	for n, e := range sorts {
		fields = append(fields, e.Key())
		if n > 0 && e.Value().AsInt64() != sorts[0].Value().AsInt64() {
			return refuse(codeBadValue, "the sort %s has two directions", order)
		}
	}
	if len(fields) == 0 || len(fields) == 1 && fields[0] == "_id" {
		return nil
	}
	for _, i := range c.indexes {
		if strings.Join(i.keys, ",") == strings.Join(fields, ",") && covers(filter, i.filter) {
			return nil
		}
	}
	return refuse(codeBadValue, "no index serves the filter %s with the sort %s", filter, order)
}

// covers reports whether filter has, for every field of an index's filter, that same $exists condition at its top.
func covers(filter, partial bson.Raw) bool {
	wanted, _ := partial.Elements()
	for _, w := range wanted {
		if !hasExists(filter, w.Key()) {
			return false
		}
	}
	return true
}

func hasExists(filter bson.Raw, field string) bool {
	if v, err := filter.LookupErr(field, "$exists"); err == nil {
		return v.Boolean()
	}
	if all, err := filter.LookupErr("$and"); err == nil {
		for _, f := range parts(all) {
			if hasExists(f, field) {
				return true
			}
		}
	}
	return false
}
