package store

import (
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// mongoBatch is how many documents the server sends at a time.
const mongoBatch = 1000

// Find implements Tx.
func (t *mongoTx) Find(name string, q Query, each func(bson.Raw) (bool, error)) error {
	c, docs, err := t.open(name)
	if err != nil {
		return err
	}
	filter, err := c.filter(q)
	if err != nil {
		return err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = MaxFind + 1
	}
	o := options.Find().SetSort(c.sort(q)).SetLimit(int64(limit)).SetBatchSize(int32(min(limit+1, mongoBatch)))
	found, err := docs.Find(t.ctx, filter, o)
	if err != nil {
		return t.fail(err)
	}
	defer found.Close(t.ctx)
	if t.readOnly {
		return t.stream(c, q, found, each)
	}
	// each may write, and what a cursor shows of that is nobody's promise: select first.
	var all []bson.Raw
	err = t.stream(c, q, found, func(raw bson.Raw) (bool, error) {
		all = append(all, append(bson.Raw(nil), raw...))
		return true, nil
	})
	for _, raw := range all {
		if err != nil {
			break
		}
		var more bool
		if more, err = each(raw); !more {
			break
		}
	}
	return err
}

func (t *mongoTx) stream(c *collection, q Query, found *mongo.Cursor, each func(bson.Raw) (bool, error)) error {
	for n := 1; found.Next(t.ctx); n++ {
		if q.Limit <= 0 && n > MaxFind {
			return fmt.Errorf("find in %s: more than %d documents; give it a limit", c.name, MaxFind)
		}
		if more, err := each(found.Current); err != nil || !more {
			return err
		}
	}
	if err := found.Err(); err != nil {
		return t.fail(err)
	}
	return nil
}

// sort is the order of q: by the index's keys, so that MongoDB need not sort, and by _id where keys can be equal.
func (c *collection) sort(q Query) (order bson.D) {
	direction := 1
	if q.Desc {
		direction = -1
	}
	i := c.index(q.Index)
	if i != nil {
		for _, f := range i.Fields {
			order = append(order, bson.E{Key: f, Value: direction})
		}
	}
	if i == nil || !i.Unique {
		order = append(order, bson.E{Key: "_id", Value: direction})
	}
	return order
}

// filter is q as a MongoDB filter. It names every field of the index, or MongoDB would not use a partial index.
func (c *collection) filter(q Query) (bson.D, error) {
	s, err := c.span(q) // every check that the embedded engine makes
	if err != nil {
		return nil, err
	}
	fields := []string{"_id"}
	if s.index != nil {
		fields = s.index.Fields
	}
	conditions := map[string]bson.D{}
	for n, v := range q.Equal {
		conditions[fields[n]], err = compare(conditions[fields[n]], "$eq", v, err)
	}
	if len(q.Equal) < len(fields) {
		next := fields[len(q.Equal)]
		conditions[next], err = compare(conditions[next], "$gte", q.From, err)
		conditions[next], err = compare(conditions[next], "$lt", q.Before, err)
	}
	if err != nil {
		return nil, err
	}
	filter := bson.D{}
	for _, f := range fields {
		condition := conditions[f]
		if s.index != nil {
			condition = append(condition, bson.E{Key: "$exists", Value: true})
		}
		if len(condition) > 0 {
			filter = append(filter, bson.E{Key: f, Value: condition})
		}
	}
	if q.After == "" {
		return filter, nil
	}
	after, err := s.afterFilter(q, fields[len(q.Equal):])
	if err != nil {
		return nil, err
	}
	return bson.D{{Key: "$and", Value: append(bson.A{filter}, after...)}}, nil
}

// compare adds a comparison with a value of a query, in its plain form; a nil value adds nothing.
func compare(condition bson.D, operator string, v any, err error) (bson.D, error) {
	if v == nil || err != nil {
		return condition, err
	}
	key, err := appendGo(nil, v)
	if err != nil {
		return nil, err
	}
	plain, _, err := splitValue(key)
	return append(condition, bson.E{Key: operator, Value: plain}), err
}

// afterFilter is the place of the cursor as conditions: beyond it in the first of the fields that Equal leaves open, or
// equal in that and beyond in the next, and so on to the _id. The first field gets a bound of its own, for the index.
func (s *span) afterFilter(q Query, open []string) (bson.A, error) {
	rest, err := decodeCursor(q.After)
	if err != nil {
		return nil, err
	}
	beyond, from := "$gt", "$gte"
	if q.Desc {
		beyond, from = "$lt", "$lte"
	}
	if s.index == nil {
		return bson.A{bson.D{{Key: "_id", Value: bson.D{{Key: beyond, Value: string(rest)}}}}}, nil
	}
	values, id, err := s.place(rest)
	if err != nil || len(values) != len(open) {
		return nil, errors.Join(badCursor(), err)
	}
	fields, places := append(open[:len(open):len(open)], "_id"), append(values, id)
	var either bson.A
	for n := range fields {
		var one bson.D
		for m := range n {
			one = append(one, bson.E{Key: fields[m], Value: places[m]})
		}
		either = append(either, append(one, bson.E{Key: fields[n], Value: bson.D{{Key: beyond, Value: places[n]}}}))
	}
	return bson.A{
		bson.D{{Key: fields[0], Value: bson.D{{Key: from, Value: places[0]}}}},
		bson.D{{Key: "$or", Value: either}},
	}, nil
}
