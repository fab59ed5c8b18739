package mongofake

import (
	"bytes"
	"cmp"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// matches reports whether doc is selected by a filter of comparisons, $exists, $and and $or. Comparisons bracket types.
func matches(doc, filter bson.Raw) bool {
	elements, _ := filter.Elements()
	for _, e := range elements {
		switch e.Key() {
		case "$and":
			if !slices.ContainsFunc(parts(e.Value()), func(f bson.Raw) bool { return !matches(doc, f) }) {
				continue
			}
			return false
		case "$or":
			if slices.ContainsFunc(parts(e.Value()), func(f bson.Raw) bool { return matches(doc, f) }) {
				continue
			}
			return false
		}
		if !fieldMatches(doc.Lookup(e.Key()), e.Value()) {
			return false
		}
	}
	return true
}

func parts(v bson.RawValue) (all []bson.Raw) {
	values, _ := v.Array().Values()
	for _, p := range values {
		all = append(all, p.Document())
	}
	return all
}

func fieldMatches(value, condition bson.RawValue) bool {
	doc, isDoc := condition.DocumentOK()
	if !isDoc {
		return holds("$eq", value, condition)
	}
	operators, _ := doc.Elements()
	for _, o := range operators {
		if !holds(o.Key(), value, o.Value()) {
			return false
		}
	}
	return true
}

func holds(operator string, value, operand bson.RawValue) bool {
	if operator == "$exists" {
		return (value.Type != 0) == operand.Boolean()
	}
	if value.Type == 0 || class(value.Type) != class(operand.Type) {
		return false
	}
	order := compare(value, operand)
	switch operator {
	case "$eq":
		return order == 0
	case "$gt":
		return order > 0
	case "$gte":
		return order >= 0
	case "$lt":
		return order < 0
	case "$lte":
		return order <= 0
	}
	panic("operator " + operator)
}

// class is the place of a type in MongoDB's comparison order.
// https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
func class(t bson.Type) int {
	switch t {
	case 0, bson.TypeNull:
		return 2
	case bson.TypeInt32, bson.TypeInt64, bson.TypeDouble:
		return 3
	case bson.TypeString:
		return 4
	case bson.TypeBoolean:
		return 9
	case bson.TypeDateTime:
		return 10
	}
	return 5
}

func compare(a, b bson.RawValue) int {
	if order := cmp.Compare(class(a.Type), class(b.Type)); order != 0 {
		return order
	}
	switch class(a.Type) {
	case 3:
		return cmp.Compare(a.AsInt64(), b.AsInt64())
	case 4:
		return bytes.Compare([]byte(a.StringValue()), []byte(b.StringValue()))
	case 9:
		return cmp.Compare(bit(a.Boolean()), bit(b.Boolean()))
	case 10:
		return cmp.Compare(a.DateTime(), b.DateTime())
	}
	return bytes.Compare(a.Value, b.Value)
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sortBy orders documents as a sort document says.
func sortBy(docs []bson.Raw, order bson.Raw) {
	keys, _ := order.Elements()
	slices.SortFunc(docs, func(a, b bson.Raw) int {
		for _, k := range keys {
			if c := compare(a.Lookup(k.Key()), b.Lookup(k.Key())); c != 0 {
				return c * int(k.Value().AsInt64())
			}
		}
		return 0
	})
}
